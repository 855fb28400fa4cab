package org.medcue.cdshooks;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.medcue.clinical.PatientEvidence;
import org.medcue.fhir.AcceptedFindings;
import org.medcue.fhir.ConceptTranslator;
import org.medcue.fhir.DialogueReader;
import org.medcue.fhir.OrderContext;
import org.medcue.fhir.PrefetchReader;
import org.medcue.knowledge.Terminology;
import org.medcue.recommendation.RecommendationServices;

/** Reads what the service called is about: the patient's visits, or the dialogue. */
@ApplicationScoped
class EvidenceReader {

  private final ConceptTranslator translator;
  private final AcceptedFindings accepted;

  EvidenceReader(ConceptTranslator translator, AcceptedFindings accepted) {
    this.translator = translator;
    this.accepted = accepted;
  }

  /**
   * @param serviceId one of the catalogue
   * @param terminology of the version that answers
   * @throws org.medcue.fhir.FhirException if what was sent is not FHIR R4 or of another patient
   */
  PatientEvidence read(
      String serviceId, OrderSelectRequest request, Terminology terminology, Instant now) {
    if (!serviceId.equals(RecommendationServices.MEDICATIONS_FROM_DIALOGUE)) {
      return new PrefetchReader(terminology, translator, accepted)
          .read(request.patientId(), request.encounterId(), request.prefetch(), now);
    }
    OrderContext context =
        new OrderContext(
            request.patientId(),
            request.encounterId(),
            request.draftOrders(),
            request.selections());
    return new DialogueReader(terminology, translator, accepted)
        .read(context, request.prefetch(), now);
  }
}
