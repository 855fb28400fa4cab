package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.fhir.FhirFixtures.NOW;
import static org.medcue.fhir.FhirFixtures.bundle;
import static org.medcue.fhir.FhirFixtures.condition;
import static org.medcue.fhir.FhirFixtures.dx;
import static org.medcue.fhir.FhirFixtures.encounter;
import static org.medcue.fhir.FhirFixtures.in;
import static org.medcue.fhir.FhirFixtures.omission;
import static org.medcue.fhir.FhirFixtures.onlyVisit;
import static org.medcue.fhir.FhirFixtures.order;
import static org.medcue.fhir.FhirFixtures.prefetch;
import static org.medcue.fhir.FhirFixtures.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;

class VisitMappingTest {

  private static final String STATUS =
      "'clinicalStatus': {'coding': [{'system':"
          + " 'http://terminology.hl7.org/CodeSystem/condition-clinical', 'code': '%s'}]}";

  @ParameterizedTest
  @ValueSource(strings = {"entered-in-error", "cancelled", "planned"})
  void anEncounterThatDidNotTakePlaceIsNoVisit(String status) {
    VisitEvidence evidence =
        read(encounter("e1", "2020-01-01T10:00:00Z", "'status': '" + status + "'"));

    assertThat(evidence.visits().history()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2020, 2020-01-01T00:00:00Z",
    "2020-05, 2020-05-01T00:00:00Z",
    "2020-05-03, 2020-05-03T00:00:00Z",
    "2020-05-03T10:00:00+02:00, 2020-05-03T08:00:00Z",
    "2020-05-03T10:00:00, 2020-05-03T10:00:00Z"
  })
  void aPartialDateBeginsWithItsPeriodInUtc(String start, String expected) {
    assertThat(onlyVisit(read(encounter("e1", start))).start()).isEqualTo(Instant.parse(expected));
  }

  @Test
  void anEncounterWithoutStartIsNotGuessed() {
    VisitEvidence evidence =
        read("{'resourceType': 'Encounter', 'id': 'e1', 'status': 'finished'}");

    assertThat(evidence.visits().history()).isEmpty();
    assertThat(evidence.omissions()).contains(omission(Kind.NO_DATE, "Encounter", 1));
  }

  @Test
  void visitsStandInOrderOfTime() {
    VisitEvidence evidence = read(encounter("b", "2021-01-01"), encounter("a", "2020-01-01"));

    assertThat(evidence.visits().history()).extracting(Visit::id).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Condition/c", "https://ehr.example/Condition/c/_history/1", "#c"})
  void conditionsThatAnEncounterNamesAreItsReasonsAndDiagnoses(String reference) {
    String more =
        "'contained': [%s], 'reasonReference': [{'reference': '%s'}], 'diagnosis': [{'condition':"
            + " {'reference': 'Condition/d'}}]";
    String named = condition("I10", "'id': 'c', 'onsetDateTime': '2025'");

    Visit visit =
        onlyVisit(
            read(
                encounter(
                    "e1",
                    "2020-01-01",
                    more.formatted(reference.equals("#c") ? named : "", reference)),
                reference.equals("#c") ? condition("E11.9", "'id': 'x'") : named,
                condition("J20.9", "'id': 'd', 'onsetDateTime': '2019'")));

    assertThat(visit.diagnoses())
        .containsExactly(
            Map.entry(dx("I10"), CodeRole.REASON), Map.entry(dx("J20.9"), CodeRole.RECORDED));
  }

  @Test
  void thePresentEncountersNamedDiagnosisIsRecordedInIt() {
    VisitEvidence evidence =
        read(
            Optional.of("e1"),
            prefetch(
                encounter(
                    "e1",
                    "2026-06-01",
                    "'diagnosis': [{'condition': {'reference': 'Condition/d'}}]"),
                condition("J20.9", "'id': 'd', 'onsetDateTime': '2019'")));

    assertThat(evidence.visits().present().diagnoses())
        .containsExactly(Map.entry(dx("J20.9"), CodeRole.RECORDED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Condition/absent", "#absent", "Procedure/d"})
  void aConditionThatAnEncounterNamesAndNobodySentIsNoted(String reference) {
    VisitEvidence evidence =
        read(
            encounter(
                "e1", "2020", "'reasonReference': [{'reference': '%s'}]".formatted(reference)),
            condition("J20.9", "'id': 'd', 'onsetDateTime': '2019'"));

    assertThat(evidence.omissions()).containsExactly(omission(Kind.NO_CODE, "Encounter", 1));
  }

  @Test
  void aRefutedConditionThatAnEncounterNamesIsNeitherReadNorMissing() {
    VisitEvidence evidence =
        read(
            encounter("e1", "2020", "'reasonReference': [{'reference': 'Condition/d'}]"),
            condition(
                "J20.9", "'id': 'd', 'verificationStatus': {'coding': [{'code': 'refuted'}]}"));

    assertThat(onlyVisit(evidence).diagnoses()).isEmpty();
    assertThat(evidence.omissions()).isEmpty();
  }

  @Test
  void aProblemIsActiveAsLongAsOneOfItsConditionsIs() {
    VisitEvidence evidence =
        read(
            encounter("e1", "2018-06-01"),
            encounter("e2", "2019-06-01"),
            encounter("e3", "2020-06-01"),
            encounter("e4", "2021-06-01"),
            condition("I10", "'onsetDateTime': '2019', 'abatementDateTime': '2020-06-01'"),
            condition("I10", "'onsetDateTime': '2020-06-01', 'abatementDateTime': '2021'"));

    assertThat(evidence.visits().history())
        .extracting(visit -> visit.activeProblems().size())
        .containsExactly(0, 1, 1, 0);
  }

  @Test
  void encounterDiagnosesAreItsConditionsAndItsReasons() {
    String reasons =
        "'status': 'finished', 'reasonCode': [{'coding': [{'system':"
            + " 'http://hl7.org/fhir/sid/icd-10-cm', 'code': 'J20.9'}]}, {'coding': [{'system':"
            + " 'http://hl7.org/fhir/sid/icd-10-cm', 'code': 'R05.9'}]}]";

    Visit visit =
        onlyVisit(read(encounter("e1", "2020-01-01", reasons), condition("I10", in("e1"))));

    assertThat(visit.encounterDiagnoses()).containsExactly(dx("I10"), dx("J20.9"));
    assertThat(visit.symptoms()).containsOnlyKeys(new Symptom("R05.9"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'onsetDateTime': '2019' | true",
        "'onsetPeriod': {'start': '2019-03-01'} | true",
        "'onsetString': 'as a child' | false",
        "'recordedDate': '2019-01-01' | true",
        "'onsetDateTime': '2020-06-02' | false"
      })
  void aProblemIsActiveFromItsOnsetElseItsRecording(String onset, boolean active) {
    Visit visit = onlyVisit(read(encounter("e1", "2020-06-01T10:00:00Z"), condition("I10", onset)));

    assertThat(visit.activeProblems().contains(dx("I10"))).isEqualTo(active);
  }

  @ParameterizedTest
  @CsvSource({"2020-06-01, false", "2020-06-02, true"})
  void aProblemIsActiveUntilItsAbatement(String abatement, boolean active) {
    String dates = "'onsetDateTime': '2019', 'abatementDateTime': '%s'".formatted(abatement);

    Visit visit = onlyVisit(read(encounter("e1", "2020-06-01T10:00:00Z"), condition("I10", dates)));

    assertThat(visit.activeProblems().contains(dx("I10"))).isEqualTo(active);
  }

  @Test
  void todaysStatusSaysNothingAboutAPastVisit() {
    String resolved = "'onsetDateTime': '2019', " + STATUS.formatted("resolved");

    VisitEvidence evidence = read(encounter("e1", "2020-06-01"), condition("I10", resolved));

    assertThat(onlyVisit(evidence).activeProblems()).containsExactly(dx("I10"));
    assertThat(evidence.visits().present().activeProblems()).isEmpty();
  }

  @Test
  void anAbatementStatedInWordsEndsAConditionToday() {
    VisitEvidence evidence =
        read(condition("I10", "'onsetDateTime': '2019', 'abatementString': 'long over'"));

    assertThat(evidence.visits().present().activeProblems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuted", "entered-in-error"})
  void aConditionThatIsNotTrueIsDropped(String status) {
    String verification =
        "'onsetDateTime': '2019', 'verificationStatus': {'coding': [{'code': '%s'}]}, "
                .formatted(status)
            + in("e1");

    VisitEvidence evidence = read(encounter("e1", "2020-06-01"), condition("I10", verification));

    assertThat(onlyVisit(evidence).encounterDiagnoses()).isEmpty();
    assertThat(evidence.visits().present().activeProblems()).isEmpty();
  }

  @Test
  void aConditionWithoutDateIsReadAsRecordedNowAndNoted() {
    VisitEvidence evidence =
        read(encounter("e1", "2020-06-01"), condition("I10", STATUS.formatted("active")));

    assertThat(onlyVisit(evidence).activeProblems()).isEmpty();
    assertThat(evidence.visits().present().diagnoses())
        .containsExactly(Map.entry(dx("I10"), CodeRole.RECORDED));
    assertThat(evidence.omissions()).contains(omission(Kind.NO_DATE, "Condition", 1));
  }

  @Test
  void withoutEncounterTheHookIsAVisitNow() {
    Visit present = read(encounter("e1", "2020-06-01")).visits().present();

    assertThat(present.id()).isEqualTo("present");
    assertThat(present.start()).isEqualTo(NOW);
  }

  @Test
  void theContextsEncounterIsThePresentVisitWithoutItsDrugs() {
    VisitEvidence evidence =
        read(
            Optional.of("e2"),
            prefetch(
                encounter("e1", "2020-01-01"),
                encounter("e2", "2026-05-31"),
                encounter("e3", "2026-06-01"),
                condition("J20.9", in("e2")),
                condition("I10", "'onsetDateTime': '2019'"),
                order("314076", "'status': 'active', " + in("e2"))));

    assertThat(evidence.visits().history()).extracting(Visit::id).containsExactly("e1");
    Visit present = evidence.visits().present();
    assertThat(present.id()).isEqualTo("e2");
    assertThat(present.encounterDiagnoses()).containsExactly(dx("J20.9"));
    assertThat(present.activeProblems()).containsExactly(dx("I10"));
    assertThat(present.drugs()).isEmpty();
  }

  @Test
  void aContextEncounterThatWasNotSentIsNoted() {
    VisitEvidence evidence =
        read(Optional.of("e9"), prefetch(condition("J20.9", in("e9")), order("314076", in("e9"))));

    assertThat(evidence.visits().present().encounterDiagnoses()).containsExactly(dx("J20.9"));
    assertThat(evidence.omissions())
        .containsOnlyOnce(omission(Kind.UNKNOWN_ENCOUNTER, "Encounter", 1))
        .doesNotContain(omission(Kind.UNKNOWN_ENCOUNTER, "MedicationRequest", 1));
  }

  @Test
  void whatIsSentTwiceCountsOnce() {
    String unmapped =
        "{'resourceType': 'Encounter', 'id': 'e1', 'status': 'finished', 'period': {'start':"
            + " '2020'}}";

    VisitEvidence evidence = read(unmapped, unmapped);

    assertThat(evidence.visits().history()).hasSize(1);
  }

  @Test
  void referencesMayBeAbsoluteVersionedOrUuids() {
    ObjectNode encounters = bundle(encounter("e1", "2020"), encounter("e2", "2021"));
    ((ObjectNode) encounters.get("entry").get(1))
        .put("fullUrl", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0");
    Map<String, JsonNode> sent = prefetch();
    sent.put("encounters", encounters);
    sent.put(
        "conditions",
        bundle(
            condition(
                "I10",
                "'encounter': {'reference': 'https://ehr.example/fhir/Encounter/e1/_history/2'}"),
            condition(
                "E11.9",
                "'encounter': {'reference':"
                    + " 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'}")));

    List<Visit> history = read(Optional.empty(), sent).visits().history();

    assertThat(history.get(0).encounterDiagnoses()).containsExactly(dx("I10"));
    assertThat(history.get(1).encounterDiagnoses()).containsExactly(dx("E11.9"));
  }

  @Test
  void anUndatedConditionOfAnEarlierVisitIsAnActiveProblemNow() {
    VisitEvidence evidence =
        read(
            Optional.of("e2"),
            prefetch(
                encounter("e1", "2020-06-01"),
                encounter("e2", "2026-06-01"),
                condition("I10", STATUS.formatted("active") + ", " + in("e1"))));

    assertThat(evidence.visits().present().diagnoses())
        .containsExactly(Map.entry(dx("I10"), CodeRole.ACTIVE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrived", "triaged", "in-progress"})
  void withoutEncounterTheRunningOneIsThePresentVisit(String status) {
    VisitEvidence evidence =
        read(
            encounter("e1", "2020-06-01"),
            encounter("e2", "2026-05-30", "'status': '%s'".formatted(status)),
            condition("J20.9", in("e2")),
            order("314076", in("e2")));

    assertThat(onlyVisit(evidence).id()).isEqualTo("e1");
    Visit present = evidence.visits().present();
    assertThat(present.id()).isEqualTo("e2");
    assertThat(present.start()).isEqualTo(Instant.parse("2026-05-30T00:00:00Z"));
    assertThat(present.encounterDiagnoses()).containsExactly(dx("J20.9"));
    assertThat(present.drugs()).isEmpty();
  }

  @Test
  void ofSeveralRunningEncountersNoneIsChosenAndNoneIsHistory() {
    VisitEvidence evidence =
        read(
            encounter("e1", "2020-06-01"),
            encounter("e2", "2026-05-30", "'status': 'in-progress'"),
            encounter("e3", "2026-05-31", "'status': 'in-progress'"));

    assertThat(onlyVisit(evidence).id()).isEqualTo("e1");
    assertThat(evidence.visits().present().id()).isEqualTo("present");
  }

  @Test
  void anEncounterThatEndedIsHistoryWhateverItsStatus() {
    VisitEvidence evidence =
        read(
            "{'resourceType': 'Encounter', 'id': 'e1', 'status': 'in-progress', 'period':"
                + " {'start': '2026-05-01', 'end': '2026-05-02'}}");

    assertThat(onlyVisit(evidence).id()).isEqualTo("e1");
    assertThat(evidence.visits().present().id()).isEqualTo("present");
  }

  @Test
  void ofEncountersThatBeganTogetherThoseOfSmallerIdAreEarlier() {
    String start = "2026-05-31T10:00:00Z";

    VisitEvidence evidence =
        read(
            Optional.of("b"),
            prefetch(encounter("c", start), encounter("b", start), encounter("a", start)));

    assertThat(onlyVisit(evidence).id()).isEqualTo("a");
  }

  @Test
  void anEncounterThatBeginsNowIsNotBeforeAVisitWithoutEncounter() {
    assertThat(read(encounter("a", NOW.toString())).visits().history()).isEmpty();
  }
}
