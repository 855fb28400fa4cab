package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medcue.fhir.FhirFixtures.bundle;
import static org.medcue.fhir.FhirFixtures.condition;
import static org.medcue.fhir.FhirFixtures.dx;
import static org.medcue.fhir.FhirFixtures.encounter;
import static org.medcue.fhir.FhirFixtures.in;
import static org.medcue.fhir.FhirFixtures.omission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.StatedDiagnosis;
import org.medcue.clinical.StatedDiagnosis.Source;

class DialogueDiagnosisTest {

  private static final String ICD = "'system': 'http://hl7.org/fhir/sid/icd-10-cm', 'code': ";
  private static final String COLD = "{'coding': [{" + ICD + "'J06.9'}]}";
  private static final String RECORDED = condition("K29.7", "'id': 'c1', " + in("e1"));
  private static final String VISIT = encounter("e1", "2026-06-01");

  @Test
  void theOrdersReasonCountsBeforeTheVisitsConditions() {
    DialogueEvidence evidence = read("'reasonCode': [" + COLD + "]", VISIT, RECORDED);

    assertThat(evidence.diagnoses()).containsExactly(stated(Source.ORDER, "J06.9"));
  }

  @Test
  void aReasonInWordsIsPassedOn() {
    DialogueEvidence evidence =
        read("'reasonCode': [{'text': ' 上呼吸道\\u200b感染 '}]", VISIT, RECORDED);

    assertThat(evidence.diagnoses())
        .containsExactly(new StatedDiagnosis(Source.ORDER, List.of(), List.of("上呼吸道感染")));
    assertThat(evidence.omissions()).isEmpty();
  }

  @Test
  void codesAndWordsOfOneReasonAreOneDiagnosis() {
    DialogueEvidence evidence =
        read(
            "'reasonCode': [{'text': '感冒', 'coding': [{"
                + ICD
                + "'J06.9', 'display': 'Common cold'}, {'system': 'urn:oid:9.9', 'code': '7',"
                + " 'display': '感冒'}]}]");

    assertThat(evidence.diagnoses())
        .containsExactly(
            new StatedDiagnosis(Source.ORDER, List.of(dx("J06.9")), List.of("感冒", "Common cold")));
  }

  @Test
  void theOrdersReasonMayBeAConditionOfThePrefetch() {
    DialogueEvidence evidence =
        read("'reasonReference': [{'reference': 'Condition/c1'}]", RECORDED);

    assertThat(evidence.diagnoses()).containsExactly(stated(Source.ORDER, "K29.7"));
  }

  @Test
  void theOrdersReasonMayBeContained() {
    DialogueEvidence evidence =
        read(
            "'reasonReference': [{'reference': '#k'}], 'contained': [{'resourceType': 'Condition',"
                + " 'id': 'k', 'code': {'text': '胃炎'}}]");

    assertThat(evidence.diagnoses())
        .containsExactly(new StatedDiagnosis(Source.ORDER, List.of(), List.of("胃炎")));
  }

  @Test
  void theOrdersReasonMayStandBesideTheDraft() {
    ObjectNode drafts = bundle(draft("'reasonReference': [{'reference': 'urn:uuid:9'}]"), RECORDED);
    ((ObjectNode) drafts.path("entry").path(1)).put("fullUrl", "urn:uuid:9");

    assertThat(read(drafts).diagnoses()).containsExactly(stated(Source.ORDER, "K29.7"));
  }

  @Test
  void anotherPatientsReasonIsRefused() {
    ObjectNode drafts = bundle(draft("'status': 'draft'"), RECORDED.replace("p1", "p2"));

    assertThatThrownBy(() -> read(drafts))
        .isInstanceOf(OtherPatientException.class)
        .hasMessageStartingWith("context.draftOrders");
  }

  @Test
  void aReasonOfADraftThatIsNotSelectedSaysNothing() {
    ObjectNode drafts =
        bundle(draft("'reasonCode': [" + COLD + "]").replace("'draft',", "'other',"));

    assertThat(read(drafts).diagnoses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'reference': 'Condition/gone'}",
        "{'reference': 'Observation/1'}",
        "{'reference': '#gone'}",
        "{'display': 'cold'}"
      })
  void aReasonThatWasNotSentIsNotedAndTheVisitsDiagnosisCounts(String reason) {
    DialogueEvidence evidence = read("'reasonReference': [" + reason + "]", VISIT, RECORDED);

    assertThat(evidence.diagnoses()).containsExactly(stated(Source.ENCOUNTER, "K29.7"));
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.UNRESOLVED_DIAGNOSIS, "MedicationRequest", 1));
  }

  @Test
  void aDraftOfOtherJsonTypesIsRefused() {
    assertThatThrownBy(() -> read("'reasonCode': 'cold'"))
        .isInstanceOf(MalformedFhirException.class)
        .hasMessageStartingWith("context.draftOrders");
  }

  @Test
  void theVisitsDiagnosesAndConditionsCountOnceEach() {
    DialogueEvidence evidence =
        read(
            "'status': 'draft'",
            encounter(
                "e1",
                "2026-06-01",
                "'diagnosis': [{'condition': {'reference': 'Condition/c2'}}, {'condition':"
                    + " {'reference': 'Condition/c1'}}], 'reasonCode': [{'text': '肚子痛'}]"),
            RECORDED,
            condition("B18.1", "'id': 'c2'"),
            condition("I10", "'id': 'c3', " + in("e0")),
            condition("E11.9", "'id': 'c4'"));

    assertThat(evidence.diagnoses())
        .containsExactly(stated(Source.ENCOUNTER, "B18.1"), stated(Source.ENCOUNTER, "K29.7"));
  }

  @Test
  void conditionsOfAVisitThatWasNotSentAreItsDiagnoses() {
    DialogueEvidence evidence = read("'status': 'draft'", RECORDED);

    assertThat(evidence.diagnoses()).containsExactly(stated(Source.ENCOUNTER, "K29.7"));
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.UNKNOWN_ENCOUNTER, "Encounter", 1));
  }

  @Test
  void withoutConditionsTheVisitsReasonsCount() {
    DialogueEvidence evidence =
        read(
            "'status': 'draft'",
            encounter("e1", "2026-06-01", "'reasonCode': [" + COLD + ", {'text': '過敏性鼻炎'}]"));

    assertThat(evidence.diagnoses())
        .containsExactly(
            stated(Source.ENCOUNTER, "J06.9"),
            new StatedDiagnosis(Source.ENCOUNTER, List.of(), List.of("過敏性鼻炎")));
  }

  @Test
  void symptomsAndRefutedConditionsAreNoDiagnoses() {
    DialogueEvidence evidence =
        read(
            "'reasonCode': [{'coding': [{" + ICD + "'R05.9'}], 'text': '咳嗽'}]",
            VISIT,
            condition(
                "K29.7", in("e1") + ", 'verificationStatus': {'coding': [{'code': 'refuted'}]}"));

    assertThat(evidence.diagnoses()).isEmpty();
    assertThat(evidence.omissions()).isEmpty();
  }

  @Test
  void aReasonWithNeitherReadableCodeNorWordsIsNoted() {
    DialogueEvidence evidence =
        read("'reasonCode': [{'coding': [{'system': 'urn:oid:9.9', 'code': '7'}]}]", VISIT);

    assertThat(evidence.diagnoses()).isEmpty();
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.NO_CODE, "MedicationRequest", 1));
  }

  @Test
  void aCodeThatIsNotMappedIsReadByItsWords() {
    DialogueEvidence evidence =
        read(
            "'reasonCode': [{'coding': [{'system': 'http://snomed.info/sct', 'code': '999',"
                + " 'display': 'Gastritis'}]}]");

    assertThat(evidence.diagnoses())
        .containsExactly(new StatedDiagnosis(Source.ORDER, List.of(), List.of("Gastritis")));
  }

  @Test
  void aSocialFindingIsNoDiagnosis() {
    DialogueEvidence evidence =
        read("'reasonCode': [{'coding': [{" + ICD + "'Z56.0'}], 'text': 'Unemployed'}]", VISIT);

    assertThat(evidence.diagnoses()).isEmpty();
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.SOCIAL_FINDING, "MedicationRequest", 1));
  }

  @Test
  void aReportInPlaceOfANameIsNoDiagnosis() {
    assertThat(read("'reasonCode': [{'text': '" + "胃".repeat(201) + "'}]", VISIT).diagnoses())
        .isEmpty();
  }

  @Test
  void nothingStatedIsNoDiagnosis() {
    assertThat(read("'status': 'draft'", VISIT).diagnoses()).isEmpty();
  }

  private static DialogueEvidence read(String draftElements, String... resources) {
    return DialogueFixtures.read(
        Optional.of("e1"),
        DialogueFixtures.prefetch(withVisit(resources)),
        bundle(draft(draftElements)));
  }

  private static DialogueEvidence read(ObjectNode drafts) {
    return DialogueFixtures.read(
        Optional.of("e2"), DialogueFixtures.prefetch(encounter("e2", "2026-06-01")), drafts);
  }

  private static String[] withVisit(String... resources) {
    return resources.length == 0 ? new String[] {VISIT} : resources;
  }

  private static String draft(String elements) {
    return "{'resourceType': 'MedicationRequest', 'id': 'draft', 'subject': {'reference':"
        + " 'Patient/p1'}, %s}".formatted(elements);
  }

  private static StatedDiagnosis stated(Source source, String code) {
    return new StatedDiagnosis(source, List.of(dx(code)), List.of());
  }
}
