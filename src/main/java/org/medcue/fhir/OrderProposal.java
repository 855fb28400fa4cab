package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Writes the MedicationRequest of a suggestion: whole, since CDS Hooks actions carry whole
 * resources, and with {@code text} and {@code coding} both, since clients show the one and keep the
 * other.
 */
public final class OrderProposal {

  private static final String MEDICATION = "medicationCodeableConcept";
  private static final String SUBJECT = "subject";
  private static final String ENCOUNTER = "encounter";
  private static final String DOSAGE = "dosageInstruction";

  private OrderProposal() {}

  /**
   * The draft with a drug in it. All else of the draft stays as the EHR sent it, also what Medcue
   * does not know; a dosage, and what a whole resource needs, is added only where the draft has
   * none: the id by which it is selected, the patient, the Encounter if known.
   *
   * @param dosageJson a {@code dosageInstruction} array in FHIR JSON; left out if it is {@link
   *     #isDosage none}
   */
  public static JsonNode update(
      DraftOrder draft,
      String patientId,
      Optional<String> encounterId,
      OrderedDrug drug,
      Optional<String> dosageJson) {
    ObjectNode order = draft.resource().deepCopy();
    String id = References.lastPart(draft.reference());
    if (order.path("id").asText("").isEmpty() && !id.isEmpty()) {
      order.put("id", id);
    }
    order.put("status", "draft");
    if (order.path("intent").asText("").isEmpty()) {
      order.put("intent", "order");
    }
    order.remove("medicationReference");
    order.set(MEDICATION, drug.concept());
    if (order.path(SUBJECT).isEmpty()) {
      order.set(SUBJECT, reference("Patient", patientId));
    }
    if (order.path(ENCOUNTER).isEmpty()) {
      encounterId.ifPresent(encounter -> order.set(ENCOUNTER, reference("Encounter", encounter)));
    }
    if (order.path(DOSAGE).isEmpty()) {
      dosageJson.flatMap(DosageInstructions::read).ifPresent(dosage -> order.set(DOSAGE, dosage));
    }
    return order;
  }

  /**
   * A new draft order.
   *
   * @param id of the new resource, for the client to refer to until it gives its own
   * @param dosageJson a {@code dosageInstruction} array in FHIR JSON; left out if it is {@link
   *     #isDosage none}
   */
  public static JsonNode create(
      String patientId,
      Optional<String> encounterId,
      OrderedDrug drug,
      Optional<String> dosageJson,
      String id) {
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    order.put("resourceType", "MedicationRequest");
    order.put("id", id);
    order.put("status", "draft");
    order.put("intent", "order");
    order.set(MEDICATION, drug.concept());
    order.set(SUBJECT, reference("Patient", patientId));
    encounterId.ifPresent(encounter -> order.set(ENCOUNTER, reference("Encounter", encounter)));
    dosageJson.flatMap(DosageInstructions::read).ifPresent(dosage -> order.set(DOSAGE, dosage));
    return order;
  }

  /**
   * Whether a dosage can be written into an order.
   *
   * @param json what should be a {@code dosageInstruction} array in FHIR JSON
   */
  public static boolean isDosage(String json) {
    return DosageInstructions.read(json).isPresent();
  }

  private static ObjectNode reference(String type, String id) {
    return JsonNodeFactory.instance.objectNode().put("reference", type + "/" + id);
  }
}
