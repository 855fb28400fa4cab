package org.medcue.fhir;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission.Kind;

/** Takes from MedicationRequests the drugs that were ordered, wherever their code stands. */
final class OrderMapper {

  private static final Set<MedicationRequestStatus> NO_ORDER =
      EnumSet.of(
          MedicationRequestStatus.ENTEREDINERROR,
          MedicationRequestStatus.CANCELLED,
          MedicationRequestStatus.DRAFT);
  private static final Set<MedicationRequestStatus> CURRENT =
      EnumSet.of(MedicationRequestStatus.ACTIVE, MedicationRequestStatus.ONHOLD);
  private static final Set<MedicationRequestIntent> ORDERS =
      EnumSet.of(
          MedicationRequestIntent.ORDER,
          MedicationRequestIntent.ORIGINALORDER,
          MedicationRequestIntent.INSTANCEORDER,
          MedicationRequestIntent.REFLEXORDER,
          MedicationRequestIntent.FILLERORDER);

  private final DrugCoder coder;
  private final References references;
  private final ChartNotes notes;
  // Empty where a Medication was sent whose code is not read
  private final Map<String, Optional<DrugCode>> medications = new HashMap<>();

  OrderMapper(DrugCoder coder, References references, ChartNotes notes) {
    this.coder = coder;
    this.references = references;
    this.notes = notes;
  }

  /** Remembers a Medication, so that orders may refer to it. */
  void remember(Medication medication, String id) {
    medications.put(id, coder.read(medication.getCode(), notes));
  }

  /** The order, unless it does not count as one or its drug cannot be read. */
  Optional<OrderFact> map(MedicationRequest request, @Nullable String id) {
    if (!isOrder(request)) {
      return Optional.empty();
    }
    return drugOf(request)
        .map(
            drug ->
                new OrderFact(
                    id,
                    references.idOf(request.getEncounter()),
                    TimeSpan.of(request.getAuthoredOnElement()),
                    drug,
                    CURRENT.contains(request.getStatus())));
  }

  /** Whether the patient takes now what it orders. */
  static boolean isCurrent(MedicationRequest request) {
    return isOrder(request) && CURRENT.contains(request.getStatus());
  }

  private static boolean isOrder(MedicationRequest request) {
    // Clients in the wild leave status or intent out; what they list are orders
    boolean status = request.getStatus() == null || !NO_ORDER.contains(request.getStatus());
    boolean intent = request.getIntent() == null || ORDERS.contains(request.getIntent());
    return status && intent && !request.getDoNotPerform();
  }

  /** The drug of a request, or empty with the reason noted. */
  Optional<DrugCode> drugOf(MedicationRequest request) {
    if (!request.hasMedicationReference()) {
      return noted(coder.read(request.getMedicationCodeableConcept(), notes));
    }
    String reference = request.getMedicationReference().getReference();
    if (reference == null) {
      return unresolved();
    }
    if (reference.startsWith("#")) {
      return contained(request, reference.substring(1));
    }
    Optional<DrugCode> drug = medications.get(references.idOf(reference));
    return drug == null ? unresolved() : noted(drug);
  }

  private Optional<DrugCode> contained(MedicationRequest request, String id) {
    for (Resource resource : request.getContained()) {
      if (resource instanceof Medication medication
          && id.equals(
              String.valueOf(medication.getIdElement().getIdPart()).replaceFirst("^#", ""))) {
        return noted(coder.read(medication.getCode(), notes));
      }
    }
    return unresolved();
  }

  private Optional<DrugCode> noted(Optional<DrugCode> drug) {
    if (drug.isEmpty()) {
      notes.omit(Kind.NO_CODE, "MedicationRequest");
    }
    return drug;
  }

  private Optional<DrugCode> unresolved() {
    notes.omit(Kind.UNRESOLVED_MEDICATION, "MedicationRequest");
    return Optional.empty();
  }
}
