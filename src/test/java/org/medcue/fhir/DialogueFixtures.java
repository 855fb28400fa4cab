package org.medcue.fhir;

import static org.medcue.fhir.FhirFixtures.bundle;
import static org.medcue.fhir.FhirFixtures.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;

/** Small dialogues, written as JSON with single quotes. */
final class DialogueFixtures {

  static final String PATIENT = "'sender': {'reference': 'Patient/p1'}";
  static final String DOCTOR = "'sender': {'reference': 'Practitioner/d1'}";

  private static final DialogueReader READER =
      new DialogueReader(
          FhirFixtures.concepts(ConceptTranslator.bundled()),
          FhirFixtures.drugs(),
          FhirFixtures.labels());

  private DialogueFixtures() {}

  /** A message of the patient p1 at a minute after ten. */
  static String message(int minute, String sender, String text) {
    return message("'id': 'm%d', %s, %s".formatted(minute, at(minute), sender), text);
  }

  static String message(String elements, String text) {
    return communication(elements + ", 'payload': [{'contentString': '%s'}]".formatted(text));
  }

  static String communication(String elements) {
    return "{'resourceType': 'Communication', 'status': 'completed', 'subject': {'reference':"
        + " 'Patient/p1'}, %s}".formatted(elements);
  }

  static String at(int minute) {
    return "'sent': '2026-06-01T10:%02d:00Z'".formatted(minute);
  }

  static DialogueEvidence read(String... resources) {
    return read(Optional.empty(), resources);
  }

  static DialogueEvidence readIn(String encounterId, String... resources) {
    return read(Optional.of(encounterId), resources);
  }

  private static DialogueEvidence read(Optional<String> encounterId, String... resources) {
    return read(encounterId, prefetch(resources), bundle());
  }

  static DialogueEvidence read(
      Optional<String> encounterId, Map<String, JsonNode> prefetch, JsonNode draftOrders) {
    return READER.read(
        new OrderContext("p1", encounterId, draftOrders, List.of("MedicationRequest/draft")),
        prefetch,
        FhirFixtures.NOW);
  }

  /** All resources under the communications key: what counts is their type. */
  static Map<String, JsonNode> prefetch(String... resources) {
    Map<String, JsonNode> prefetch = new HashMap<>();
    for (String key : List.of("patient", "conditions", "allergies", "encounters", "medications")) {
      prefetch.put(key, json("null"));
    }
    prefetch.put("communications", bundle(resources));
    return prefetch;
  }

  /** The dialogue, as "P: text" and "D: text". */
  static List<String> lines(DialogueEvidence evidence) {
    return evidence.dialogue().utterances().stream().map(DialogueFixtures::line).toList();
  }

  private static String line(Utterance utterance) {
    return (utterance.speaker() == Speaker.DOCTOR ? "D: " : "P: ") + utterance.text();
  }
}
