package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.fhir.FhirFixtures.ATORVASTATIN;
import static org.medcue.fhir.FhirFixtures.NDC;
import static org.medcue.fhir.FhirFixtures.encounter;
import static org.medcue.fhir.FhirFixtures.in;
import static org.medcue.fhir.FhirFixtures.omission;
import static org.medcue.fhir.FhirFixtures.onlyVisit;
import static org.medcue.fhir.FhirFixtures.order;
import static org.medcue.fhir.FhirFixtures.read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;

class OrderMappingTest {

  private static final DrugCode LISINOPRIL = new DrugCode("314076");
  private static final String VISIT = encounter("e1", "2020-06-01T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "active, true",
    "on-hold, true",
    "stopped, true",
    "completed, true",
    "unknown, true",
    "entered-in-error, false",
    "cancelled, false",
    "draft, false"
  })
  void historyHoldsOrdersOfAnyStatusButMistakesAndDrafts(String status, boolean counts) {
    Visit visit =
        onlyVisit(read(VISIT, order("314076", "'status': '%s', ".formatted(status) + in("e1"))));

    assertThat(visit.drugs().contains(LISINOPRIL)).isEqualTo(counts);
  }

  @ParameterizedTest
  @CsvSource({
    "order, true",
    "original-order, true",
    "instance-order, true",
    "reflex-order, true",
    "filler-order, true",
    "proposal, false",
    "plan, false",
    "option, false",
    "directive, false"
  })
  void onlyOrdersAreOrders(String intent, boolean counts) {
    Visit visit =
        onlyVisit(read(VISIT, order("314076", "'intent': '%s', ".formatted(intent) + in("e1"))));

    assertThat(visit.drugs().contains(LISINOPRIL)).isEqualTo(counts);
  }

  @Test
  void anAbsentIntentCountsAsOrder() {
    assertThat(onlyVisit(read(VISIT, order("314076", in("e1")))).drugs())
        .containsExactly(LISINOPRIL);
  }

  @Test
  void whatIsNotToBeGivenIsNoOrder() {
    VisitEvidence evidence =
        read(VISIT, order("314076", "'status': 'active', 'doNotPerform': true, " + in("e1")));

    assertThat(onlyVisit(evidence).drugs()).isEmpty();
    assertThat(evidence.currentDrugs()).isEmpty();
  }

  @Test
  void theSameDrugOrderedTwiceCountsOnce() {
    Visit visit = onlyVisit(read(VISIT, order("314076", in("e1")), order("314076", in("e1"))));

    assertThat(visit.drugs()).containsExactly(LISINOPRIL);
  }

  @Test
  void theSameOrderSentTwiceCountsOnce() {
    Visit visit =
        onlyVisit(
            read(
                VISIT,
                order("314076", "'id': 'o1', " + in("e1")),
                order("197361", "'id': 'o1', " + in("e1"))));

    assertThat(visit.drugs()).containsExactly(LISINOPRIL);
  }

  @Test
  void rxNormIsPreferredToNdcAndNdcIsRead() {
    String both =
        "{'resourceType': 'MedicationRequest', %s, 'medicationCodeableConcept': {'coding':"
            + " [{'system': 'http://hl7.org/fhir/sid/ndc', 'code': '%s'}%s]}}";
    String rxNorm = ", {'system': 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '314076'}";

    assertThat(onlyVisit(read(VISIT, both.formatted(in("e1"), NDC, rxNorm))).drugs())
        .containsExactly(LISINOPRIL);
    assertThat(onlyVisit(read(VISIT, both.formatted(in("e1"), NDC, ""))).drugs())
        .containsExactly(ATORVASTATIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Medication/m1", "https://ehr.example/fhir/Medication/m1", "urn:uuid:m1"})
  void aMedicationReferenceIsResolvedWithinWhatWasSent(String reference) {
    String medication = "{'resourceType': 'Medication', 'id': 'm1', " + code("314076") + "}";

    assertThat(onlyVisit(read(VISIT, referring(reference, ""), medication)).drugs())
        .containsExactly(LISINOPRIL);
  }

  @Test
  void aContainedMedicationIsRead() {
    String contained =
        ", 'contained': [{'resourceType': 'Medication', 'id': 'm1', " + code("314076") + "}]";

    assertThat(onlyVisit(read(VISIT, referring("#m1", contained))).drugs())
        .containsExactly(LISINOPRIL);
  }

  @Test
  void aMedicationThatWasNotSentIsNoted() {
    VisitEvidence evidence = read(VISIT, referring("Medication/m2", ""));

    assertThat(onlyVisit(evidence).drugs()).isEmpty();
    assertThat(evidence.omissions())
        .contains(omission(Kind.UNRESOLVED_MEDICATION, "MedicationRequest", 1));
  }

  @Test
  void anOrderWithoutReadableCodeIsNoted() {
    VisitEvidence evidence =
        read(
            VISIT,
            "{'resourceType': 'MedicationRequest', 'medicationCodeableConcept': {'text': 'tea'}}");

    assertThat(evidence.omissions()).contains(omission(Kind.NO_CODE, "MedicationRequest", 1));
  }

  @ParameterizedTest
  @CsvSource({"2020-06-01T23:59:00Z, true", "2020-06-01, true", "2020-06-02T00:00:00Z, false"})
  void anEncounterWithoutEndCoversItsDay(String authored, boolean placed) {
    VisitEvidence evidence = read(VISIT, order("314076", "'authoredOn': '%s'".formatted(authored)));

    assertThat(onlyVisit(evidence).drugs().contains(LISINOPRIL)).isEqualTo(placed);
    assertThat(
            evidence.omissions().contains(omission(Kind.UNKNOWN_ENCOUNTER, "MedicationRequest", 1)))
        .isEqualTo(!placed);
  }

  @Test
  void anEncounterWithEndCoversItsPeriod() {
    String stay =
        "{'resourceType': 'Encounter', 'id': 'e1', 'status': 'finished', 'period': {'start':"
            + " '2020-06-01', 'end': '2020-06-04'}}";

    assertThat(
            onlyVisit(read(stay, order("314076", "'authoredOn': '2020-06-04T20:00:00Z'"))).drugs())
        .containsExactly(LISINOPRIL);
  }

  @Test
  void anOrderOfAnEncounterThatWasNotSentIsNoted() {
    VisitEvidence evidence =
        read(VISIT, order("314076", "'authoredOn': '2020-06-01', " + in("e9")));

    assertThat(onlyVisit(evidence).drugs()).isEmpty();
    assertThat(evidence.omissions())
        .contains(omission(Kind.UNKNOWN_ENCOUNTER, "MedicationRequest", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'status': 'cancelled', 'period': {'start': '2020-01-01'}",
        "'status': 'planned', 'period': {'start': '2020-01-01'}",
        "'status': 'entered-in-error', 'period': {'start': '2020-01-01'}",
        "'status': 'finished'"
      })
  void anOrderOfAnEncounterThatIsNoVisitIsNoted(String content) {
    VisitEvidence evidence =
        read(
            VISIT,
            "{'resourceType': 'Encounter', 'id': 'e2', %s}".formatted(content),
            order("314076", in("e2")));

    assertThat(onlyVisit(evidence).drugs()).isEmpty();
    assertThat(evidence.omissions())
        .contains(omission(Kind.UNKNOWN_ENCOUNTER, "MedicationRequest", 1));
  }

  @Test
  void activeOrdersAndThoseOnHoldAreCurrent() {
    VisitEvidence evidence =
        read(
            order("1", "'status': 'active'"),
            order("2", "'status': 'on-hold'"),
            order("3", "'status': 'stopped'"),
            order("4", "'status': 'draft'"),
            order("5", "'status': 'active', 'intent': 'plan'"));

    assertThat(evidence.currentDrugs()).containsOnly(new DrugCode("1"), new DrugCode("2"));
  }

  @Test
  void drugsAreNamedAsTheChartNamesThem() {
    assertThat(read(VISIT, order("314076", in("e1"))).displays())
        .containsEntry("314076", "Drug 314076");
  }

  private static String referring(String reference, String more) {
    return "{'resourceType': 'MedicationRequest', %s, 'medicationReference': {'reference': '%s'}%s}"
        .formatted(in("e1"), reference, more);
  }

  private static String code(String rxNorm) {
    return "'code': {'coding': [{'system': 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code':"
        + " '%s'}]}".formatted(rxNorm);
  }
}
