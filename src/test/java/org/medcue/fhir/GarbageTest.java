package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.fhir.FhirFixtures.bundle;
import static org.medcue.fhir.FhirFixtures.condition;
import static org.medcue.fhir.FhirFixtures.encounter;
import static org.medcue.fhir.FhirFixtures.in;
import static org.medcue.fhir.FhirFixtures.json;
import static org.medcue.fhir.FhirFixtures.order;
import static org.medcue.fhir.FhirFixtures.prefetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a client puts anywhere in a chart is read or refused, never an unforeseen error. */
class GarbageTest {

  private static final String[] GARBAGE = {
    "null",
    "7",
    "1e400",
    "-0.5",
    "true",
    "''",
    "' '",
    "'x'",
    "'#'",
    "'/'",
    "'urn:uuid:'",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[{}]",
    "['x']",
    "{'x': 1}",
    "{'resourceType': 'Bundle'}",
    "{'resourceType': 'Medication'}",
    "'2020-13-45'",
    "'0000'",
    "'9999-12-31T24:00:00Z'",
    "'-999999999-01-01'",
    "'Patient/p1'",
    "'123456789012345678901234567890'"
  };

  private static final String CONTAINED =
      "{'resourceType': 'MedicationRequest', 'contained': [{'resourceType': 'Medication', 'id':"
          + " 'm', 'code': {'coding': [{'system': 'http://www.nlm.nih.gov/research/umls/rxnorm',"
          + " 'code': '1'}]}}], 'medicationReference': {'reference': '#m'}, 'authoredOn':"
          + " '2020-01-01'}";

  private static final String ALLERGY =
      "{'resourceType': 'AllergyIntolerance', 'id': 'a', 'code': {'coding': [{'system':"
          + " 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '1191'}]}, 'reaction':"
          + " [{'substance': {'text': 'x'}}], 'patient': {'reference': 'Patient/p1'}}";

  @Test
  void oneWrongValueAnywhereIsReadOrRefused() {
    Random random = new Random(20221219);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      Map<String, JsonNode> prefetch = chart();
      spoil(prefetch.getOrDefault("encounters", json("null")), random);
      try {
        FhirFixtures.read(Optional.of("e2"), prefetch);
      } catch (FhirException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void oneWrongValueAnywhereInADialogueIsReadOrRefused() {
    Random random = new Random(20221219);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      JsonNode dialogue = dialogue();
      JsonNode drafts = drafts();
      spoil(random.nextInt(4) == 0 ? drafts : dialogue, random);
      Map<String, JsonNode> prefetch = DialogueFixtures.prefetch();
      prefetch.put("communications", dialogue);
      try {
        DialogueFixtures.read(Optional.of("e2"), prefetch, drafts);
      } catch (FhirException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static JsonNode dialogue() {
    return bundle(
        encounter(
            "e2",
            "2026-05-01T10:00:00Z",
            "'status': 'in-progress', 'diagnosis': [{'condition': {'reference': 'Condition/c'}}],"
                + " 'reasonReference': [{'reference': '#x'}], 'reasonCode': [{'text': 'x'}]"),
        condition("J06.9", "'id': 'c', " + in("e2")),
        DialogueFixtures.communication("'id': 't', " + in("e2")),
        DialogueFixtures.message(
            "'id': 'a', 'received': '2026-06-01', 'partOf': [{'reference': 'Communication/t'}],"
                + " 'recipient': [{'reference': 'Practitioner/1'}], "
                + DialogueFixtures.PATIENT,
            "x"),
        DialogueFixtures.message(
            "'id': 'b', 'sent': '2026-06-01T10:00:00Z', 'inResponseTo': [{'reference':"
                + " 'Communication/a'}], 'contained': [{'resourceType': 'Practitioner', 'id':"
                + " 'c'}], 'sender': {'reference': '#c', 'type': 'Practitioner'}",
            "y"));
  }

  private static JsonNode drafts() {
    return bundle(
        "{'resourceType': 'MedicationRequest', 'id': 'draft', 'reasonCode': [{'coding': [{'system':"
            + " 'http://snomed.info/sct', 'code': '44054006'}], 'text': 'x'}], 'reasonReference':"
            + " [{'reference': 'Condition/c'}]}");
  }

  private static Map<String, JsonNode> chart() {
    return prefetch(
        "{'resourceType': 'Patient', 'id': 'p1'}",
        encounter(
            "e1",
            "2020-01-01",
            "'status': 'finished', 'reasonCode': [{'coding': [{'system':"
                + " 'http://snomed.info/sct', 'code': '44054006'}], 'text': 'x'}]"),
        encounter("e2", "2026-05-01T10:00:00Z"),
        condition(
            "I10",
            "'onsetPeriod': {'start': '2019', 'end': '2020'}, 'abatementDateTime': '2021',"
                + " 'clinicalStatus': {'coding': [{'code': 'active'}]}"),
        order(
            "314076", "'status': 'active', 'intent': 'order', 'doNotPerform': false, " + in("e1")),
        CONTAINED,
        ALLERGY);
  }

  private static void spoil(JsonNode sent, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(sent, containers);
    JsonNode container = containers.get(random.nextInt(containers.size()));
    JsonNode garbage = json(GARBAGE[random.nextInt(GARBAGE.length)]);
    if (container instanceof ArrayNode array && !array.isEmpty()) {
      array.set(random.nextInt(array.size()), garbage);
    } else if (container instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      object.set(names.get(random.nextInt(names.size())), garbage);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }
}
