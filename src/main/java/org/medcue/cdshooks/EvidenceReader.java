package org.medcue.cdshooks;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.medcue.clinical.PatientEvidence;
import org.medcue.fhir.DialogueReader;
import org.medcue.fhir.OrderContext;
import org.medcue.fhir.PrefetchReader;
import org.medcue.recommendation.RecommendationServices;

/** Reads what the service called is about: the patient's visits, or the dialogue. */
@ApplicationScoped
class EvidenceReader {

  private final PrefetchReader visits;
  private final DialogueReader dialogues;

  EvidenceReader(PrefetchReader visits, DialogueReader dialogues) {
    this.visits = visits;
    this.dialogues = dialogues;
  }

  /**
   * @param serviceId one of the catalogue
   * @throws org.medcue.fhir.FhirException if what was sent is not FHIR R4 or of another patient
   */
  PatientEvidence read(String serviceId, OrderSelectRequest request, Instant now) {
    if (!serviceId.equals(RecommendationServices.MEDICATIONS_FROM_DIALOGUE)) {
      return visits.read(request.patientId(), request.encounterId(), request.prefetch(), now);
    }
    OrderContext context =
        new OrderContext(
            request.patientId(),
            request.encounterId(),
            request.draftOrders(),
            request.selections());
    return dialogues.read(context, request.prefetch(), now);
  }
}
