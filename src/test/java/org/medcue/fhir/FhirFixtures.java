package org.medcue.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.knowledge.DialogueKnowledge;

/** Small charts, written as JSON with single quotes. */
final class FhirFixtures {

  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  static final String NDC = "00071015523";
  static final DrugCode ATORVASTATIN = new DrugCode("617318");
  static final String JOINT_PAIN = "57676002";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final PrefetchReader READER =
      new PrefetchReader(concepts(ConceptTranslator.bundled()), drugs());

  private FhirFixtures() {}

  static ConceptCoder concepts(ConceptTranslator translator) {
    return new ConceptCoder(
        code -> !code.startsWith("U99"),
        translator,
        new AcceptedFindings(Set.of(JOINT_PAIN, "386661006", "73595000")));
  }

  static DrugCoder drugs() {
    return new DrugCoder(
        (system, code) ->
            system.equals(CodeSystems.NDC)
                ? Optional.of(ATORVASTATIN).filter(drug -> code.equals(NDC))
                : Optional.of(code).filter(c -> c.matches("[1-9][0-9]{0,7}")).map(DrugCode::new));
  }

  static DrugLabelCoder labels() {
    return new DrugLabelCoder(
        DialogueKnowledge.load(Path.of("model-registry"), DialogueKnowledge.bundled()).drugs());
  }

  static JsonNode json(String singleQuoted) {
    try {
      return MAPPER.readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static ObjectNode bundle(String... resources) {
    ObjectNode bundle = MAPPER.createObjectNode().put("resourceType", "Bundle");
    ArrayNode entries = bundle.putArray("entry");
    for (String resource : resources) {
      entries.addObject().set("resource", json(resource));
    }
    return bundle;
  }

  /** All resources under one key: what counts is their type. */
  static Map<String, JsonNode> prefetch(String... resources) {
    Map<String, JsonNode> prefetch = new HashMap<>();
    for (String key : new String[] {"patient", "conditions", "allergies", "medications"}) {
      prefetch.put(key, MAPPER.nullNode());
    }
    prefetch.put("encounters", bundle(resources));
    return prefetch;
  }

  static VisitEvidence read(String... resources) {
    return read(Optional.empty(), prefetch(resources));
  }

  static VisitEvidence read(Optional<String> encounterId, Map<String, JsonNode> prefetch) {
    return READER.read("p1", encounterId, prefetch, NOW);
  }

  static Visit onlyVisit(VisitEvidence evidence) {
    if (evidence.visits().history().size() != 1) {
      throw new AssertionError(evidence.visits().history().size() + " visits in the history");
    }
    return evidence.visits().history().get(0);
  }

  static String encounter(String id, String start) {
    return encounter(id, start, "'status': 'finished'");
  }

  static String encounter(String id, String start, String more) {
    return "{'resourceType': 'Encounter', 'id': '%s', 'subject': {'reference': 'Patient/p1'},"
            .formatted(id)
        + " 'period': {'start': '%s'}, %s}".formatted(start, more);
  }

  /** A condition with an ICD-10-CM code. */
  static String condition(String icd, String more) {
    return "{'resourceType': 'Condition', 'subject': {'reference': 'Patient/p1'}, 'code': {'coding':"
        + " [{'system': 'http://hl7.org/fhir/sid/icd-10-cm', 'code': '%s'}]}, %s}"
            .formatted(icd, more);
  }

  static String order(String rxnorm, String more) {
    return "{'resourceType': 'MedicationRequest', 'subject': {'reference': 'Patient/p1'},"
        + " 'medicationCodeableConcept': {'coding': [{'system':"
        + " 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '%s', 'display': 'Drug %s'}]}, %s}"
            .formatted(rxnorm, rxnorm, more);
  }

  static String in(String encounter) {
    return "'encounter': {'reference': 'Encounter/%s'}".formatted(encounter);
  }

  static DiagnosisCode dx(String code) {
    return new DiagnosisCode(code);
  }

  static Omission omission(Omission.Kind kind, String subject, int count) {
    return new Omission(kind, subject, count);
  }
}
