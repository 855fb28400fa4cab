package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medcue.fhir.FhirFixtures.bundle;
import static org.medcue.fhir.FhirFixtures.condition;
import static org.medcue.fhir.FhirFixtures.dx;
import static org.medcue.fhir.FhirFixtures.encounter;
import static org.medcue.fhir.FhirFixtures.json;
import static org.medcue.fhir.FhirFixtures.omission;
import static org.medcue.fhir.FhirFixtures.prefetch;
import static org.medcue.fhir.FhirFixtures.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.VisitEvidence;

class PrefetchReaderTest {

  private static final String HYPERTENSION = condition("I10", "'onsetDateTime': '2019'");

  @Test
  void aKeyThatWasNotRunIsNoted() {
    VisitEvidence evidence = read(Optional.empty(), Map.of());

    assertThat(evidence.omissions())
        .containsExactlyInAnyOrder(
            omission(Kind.PREFETCH_ABSENT, "patient", 1),
            omission(Kind.PREFETCH_ABSENT, "conditions", 1),
            omission(Kind.PREFETCH_ABSENT, "allergies", 1),
            omission(Kind.PREFETCH_ABSENT, "encounters", 1),
            omission(Kind.PREFETCH_ABSENT, "medications", 1));
  }

  @Test
  void aQueryThatFoundNothingIsNoOmission() {
    assertThat(read().omissions()).isEmpty();
  }

  @Test
  void aSingleResourceIsRead() {
    assertThat(present(json(HYPERTENSION))).containsExactly(dx("I10"));
  }

  @Test
  void aFirstPageIsReadAndNoted() {
    ObjectNode page = bundle(HYPERTENSION);
    page.putArray("link").addObject().put("relation", "next").put("url", "https://ehr.example/2");

    VisitEvidence evidence = readConditions(page);

    assertThat(evidence.visits().present().activeProblems()).containsExactly(dx("I10"));
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.PREFETCH_TRUNCATED, "conditions", 1));
  }

  @Test
  void aFailedQueryIsNoted() {
    assertThat(
            readConditions(json("{'resourceType': 'OperationOutcome', 'issue': []}")).omissions())
        .containsExactly(omission(Kind.PREFETCH_FAILED, "conditions", 1));
  }

  @Test
  void aResourceSentAsAStringIsRead() {
    assertThat(present(TextNode.valueOf(bundle(HYPERTENSION).toString())))
        .containsExactly(dx("I10"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'fullUrl': 'urn:uuid:1'}",
        "{'resource': {'id': 'a'}}",
        "{'resource': {'resourceType': 7}}",
        "{'resource': {'resourceType': 'allergyintolerance'}}",
        "{'resource': {'resourceType': 'List', 'id': 'a'}}",
        "{'resource': {'resourceType': 'Parameters'}}",
        "{'resource': {'resourceType': 'Patient', 'id': 'p1'}}",
        "{'resource': {'resourceType': 'Bundle', 'entry': [{'resource': {'resourceType':"
            + " 'AllergyIntolerance', 'code': {'text': 'Penicillin'}}}]}}"
      })
  void whatIsNotReadIsNotedForTheTypeThatTheKeyExpects(String entry) {
    ObjectNode bundle = bundle("{'resourceType': 'Medication', 'id': 'm'}", HYPERTENSION);
    bundle.withArray("entry").add(json(entry));

    VisitEvidence evidence = readKey("allergies", bundle);

    assertThat(evidence.visits().present().activeProblems()).containsExactly(dx("I10"));
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.UNREADABLE, "AllergyIntolerance", 1));
  }

  @ParameterizedTest
  @CsvSource({
    "patient, Patient",
    "conditions, Condition",
    "encounters, Encounter",
    "medications, MedicationRequest"
  })
  void aResourceThatAKeyDoesNotExpectIsNoted(String key, String type) {
    assertThat(readKey(key, json("{'resourceType': 'List'}")).omissions())
        .containsExactly(omission(Kind.UNREADABLE, type, 1));
  }

  @Test
  void anOperationOutcomeAmongTheEntriesIsAFailedQuery() {
    ObjectNode bundle = bundle("{'resourceType': 'OperationOutcome', 'issue': []}", HYPERTENSION);

    assertThat(readKey("allergies", bundle).omissions())
        .containsExactly(omission(Kind.PREFETCH_FAILED, "allergies", 1));
  }

  @ParameterizedTest
  @CsvSource({"1, match, 0", "1, include, 1", "2, match, 1"})
  void moreMatchesThanWereSentAreNoted(int total, String mode, int noted) {
    ObjectNode bundle = bundle(HYPERTENSION).put("total", total);
    ((ObjectNode) bundle.path("entry").path(0)).putObject("search").put("mode", mode);

    assertThat(
            readConditions(bundle).omissions().stream()
                .filter(
                    omission ->
                        omission.equals(omission(Kind.PREFETCH_TRUNCATED, "conditions", 1))))
        .hasSize(noted);
  }

  @Test
  void tooManyResourcesUnderOneKeyAreRefused() {
    ObjectNode bundle = bundle();
    for (int i = 0; i <= PrefetchContent.MAX_RESOURCES; i++) {
      bundle.withArray("entry").addObject().set("resource", json(HYPERTENSION));
    }

    assertThatThrownBy(() -> readConditions(bundle))
        .isInstanceOf(MalformedFhirException.class)
        .hasMessageStartingWith("prefetch.conditions")
        .hasMessageEndingWith("more than 3000 resources, send the most recent ones");
  }

  @Test
  void aStringThatHoldsMoreThanOneResourceIsRefused() {
    String two = bundle(HYPERTENSION).toString().repeat(2);

    assertThatThrownBy(() -> readConditions(TextNode.valueOf(two)))
        .isInstanceOf(MalformedFhirException.class)
        .hasMessageStartingWith("prefetch.conditions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'extension': {'com.example.shape': [1]}",
        "'extension': [{'url': 'http://example.org/x', 'valueUnknown': {}}]",
        "'newElement': {'deep': [[1, 2]]}",
        "'text': {'status': 'generated', 'div': '<div>not even closed'}",
        "'_onsetDateTime': {'extension': [{'url': 'http://example.org/y'}]}",
        "'recordedDate': null"
      })
  void whatMedcueDoesNotKnowIsTolerated(String unknown) {
    assertThat(present(bundle(condition("I10", "'onsetDateTime': '2019', " + unknown))))
        .containsExactly(dx("I10"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'onsetDateTime': '2019-99-99'",
        "'modifierExtension': [{'url': 'http://example.org/not', 'valueBoolean': true}]"
      })
  void whatCannotBeUnderstoodIsLeftOutAndNoted(String more) {
    VisitEvidence evidence = readConditions(bundle(condition("I10", more), HYPERTENSION));

    assertThat(evidence.visits().present().activeProblems()).containsExactly(dx("I10"));
    assertThat(evidence.omissions()).containsExactly(omission(Kind.UNREADABLE, "Condition", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "[]",
        "{}",
        "'secret words'",
        "{'resourceType': 7}",
        "{'resourceType': 'Bundle', 'entry': {}}",
        "{'resourceType': 'Bundle', 'entry': ['secret']}",
        "{'resourceType': 'Bundle', 'entry': [{'resource': 'secret'}]}",
        "{'resourceType': 'Condition', 'code': 'secret'}",
        "{'resourceType': 'Condition', 'code': {'coding': 'secret'}}",
        "{'resourceType': 'Condition', 'code': {'coding': ['secret']}}",
        "{'resourceType': 'Condition', 'id': {'secret': 1}}",
        "{'resourceType': 'Condition', 'onsetDateTime': {'secret': 1}}",
        "{'resourceType': 'Condition', 'onsetDateTime': ['secret']}",
        "{'resourceType': 'Condition', 'subject': ['secret']}",
        "{'resourceType': 'MedicationRequest', 'doNotPerform': 'secret'}",
        "{'resourceType': 'MedicationRequest', 'contained': 'secret'}",
        "{'resourceType': 'MedicationRequest', 'medicationReference': 3}"
      })
  void whatIsNotFhirIsRefusedByKeyWithoutContent(String garbage) {
    Map<String, JsonNode> prefetch = new HashMap<>(prefetch());
    prefetch.put("conditions", json(garbage));

    assertThatThrownBy(() -> read(Optional.empty(), prefetch))
        .isInstanceOf(MalformedFhirException.class)
        .hasMessageContaining("prefetch.conditions")
        .hasMessageContaining("expected")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'resourceType': 'Patient', 'id': 'p2'}",
        "{'resourceType': 'Condition', 'subject': {'reference': 'Patient/p2'}}",
        "{'resourceType': 'Condition', 'subject': {'reference':"
            + " 'https://ehr.example/fhir/Patient/p2'}}",
        "{'resourceType': 'Encounter', 'id': 'e', 'subject': {'reference': 'Patient/p2'}}",
        "{'resourceType': 'MedicationRequest', 'subject': {'reference': 'Patient/p2'}}",
        "{'resourceType': 'AllergyIntolerance', 'patient': {'reference': 'Patient/p2'}}"
      })
  void anotherPatientsResourceIsRefused(String resource) {
    assertThatThrownBy(() -> read(resource))
        .isInstanceOf(OtherPatientException.class)
        .hasMessageStartingWith("prefetch.encounters")
        .hasMessageNotContaining("p2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Group/p1",
        "p1",
        "http://evil.example/Practitioner/p1",
        "Patient/other?x=/p1",
        "Patient/other#/p1",
        "http://x.example/?/Patient/p1",
        "urn:uuid:p1",
        "urn:uuid:e1"
      })
  void aReferenceThatIsNotToThePatientIsRefused(String reference) {
    ObjectNode bundle =
        bundle(
            "{'resourceType': 'Encounter', 'id': 'p1'}",
            "{'resourceType': 'Condition', 'subject': {'reference': '%s'}}".formatted(reference));
    ((ObjectNode) bundle.path("entry").path(0)).put("fullUrl", "urn:uuid:e1");

    assertThatThrownBy(() -> readConditions(bundle)).isInstanceOf(OtherPatientException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/p1",
        "Patient/p1/_history/2",
        "https://ehr.example/fhir/Patient/p1",
        "https://ehr.example/fhir/Patient/p1/_history/2",
        "urn:uuid:5f2a"
      })
  void aReferenceToThePatientIsAcceptedInAnyForm(String reference) {
    ObjectNode patient = bundle("{'resourceType': 'Patient', 'id': 'p1'}");
    ((ObjectNode) patient.path("entry").path(0)).put("fullUrl", "urn:uuid:5f2a");
    Map<String, JsonNode> prefetch = new HashMap<>(prefetch());
    prefetch.put("patient", patient);
    prefetch.put("conditions", json(HYPERTENSION.replace("Patient/p1", reference)));

    assertThat(read(Optional.empty(), prefetch).visits().present().activeProblems())
        .containsExactly(dx("I10"));
  }

  @Test
  void deepNestingIsRefusedOrPassedOverWithoutExhaustingTheStack() {
    JsonNode deep = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < 100_000; i++) {
      deep = JsonNodeFactory.instance.objectNode().set("code", deep);
    }
    ObjectNode inCode = (ObjectNode) json(HYPERTENSION);
    inCode.set("code", deep);
    ObjectNode elsewhere = (ObjectNode) json(HYPERTENSION);
    elsewhere.set("note", deep);

    assertThatThrownBy(() -> readConditions(inCode)).isInstanceOf(MalformedFhirException.class);
    assertThat(present(elsewhere)).containsExactly(dx("I10"));
    assertThatThrownBy(() -> readConditions(TextNode.valueOf("{\"code\":".repeat(50_000))))
        .isInstanceOf(MalformedFhirException.class);
  }

  @Test
  void whatWasSentStaysAsItWas() {
    JsonNode sent = bundle(encounter("e1", "2020", "'status': 'finished', 'extension': [{}]"));
    String before = sent.toString();

    readConditions(sent);

    assertThat(sent).hasToString(before);
  }

  @Test
  void theSandboxsRequestIsAFirstVisitWithDiabetesAndAnAllergy() throws IOException {
    JsonNode request;
    try (InputStream in =
        PrefetchReaderTest.class.getResourceAsStream(
            "/cds-hooks-sandbox/sandbox-request-order-select.json")) {
      request = new ObjectMapper().readTree(in);
    }
    Map<String, JsonNode> prefetch = new HashMap<>();
    request.get("prefetch").properties().forEach(key -> prefetch.put(key.getKey(), key.getValue()));

    VisitEvidence evidence =
        new PrefetchReader(FhirFixtures.concepts(ConceptTranslator.bundled()), FhirFixtures.drugs())
            .read("pat-1", Optional.empty(), prefetch, FhirFixtures.NOW);

    assertThat(evidence.visits().history()).isEmpty();
    assertThat(evidence.visits().present().diagnoses())
        .containsExactly(Map.entry(dx("E11.9"), CodeRole.RECORDED));
    assertThat(evidence.allergies()).containsExactly(new Allergy(Optional.empty(), "Penicillin"));
    assertThat(evidence.displays()).containsEntry("E11.9", "Type 2 diabetes");
    assertThat(evidence.omissions())
        .contains(
            omission(Kind.PREFETCH_ABSENT, "encounters", 1),
            omission(Kind.PREFETCH_ABSENT, "medications", 1));
  }

  private static Iterable<DiagnosisCode> present(JsonNode conditions) {
    return readConditions(conditions).visits().present().activeProblems();
  }

  private static VisitEvidence readConditions(JsonNode conditions) {
    return readKey("conditions", conditions);
  }

  private static VisitEvidence readKey(String key, JsonNode value) {
    Map<String, JsonNode> prefetch = new HashMap<>(prefetch());
    prefetch.put(key, value);
    return read(Optional.empty(), prefetch);
  }
}
