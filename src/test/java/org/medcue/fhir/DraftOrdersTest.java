package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medcue.fhir.FhirFixtures.bundle;
import static org.medcue.fhir.FhirFixtures.json;
import static org.medcue.fhir.FhirFixtures.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.DrugCode;

class DraftOrdersTest {

  private static final String EMPTY =
      "{'resourceType': 'MedicationRequest', 'id': 'd1', 'status': 'draft', 'subject':"
          + " {'reference': 'Patient/p1'}}";

  @Test
  void draftsAreGivenWithTheirDrugAndWhetherTheyAreSelected() {
    List<DraftOrder> drafts =
        read(
            bundle(EMPTY, order("314076", "'id': 'd2'"), "{'resourceType': 'Task', 'id': 't'}"),
            "MedicationRequest/d1");

    assertThat(drafts)
        .extracting(DraftOrder::reference)
        .containsExactly("MedicationRequest/d1", "MedicationRequest/d2");
    assertThat(drafts).extracting(DraftOrder::selected).containsExactly(true, false);
    assertThat(drafts).extracting(DraftOrder::hasMedication).containsExactly(false, true);
    assertThat(drafts.get(0).drug()).isEmpty();
    assertThat(drafts.get(1).drug()).contains(new DrugCode("314076"));
    assertThat(drafts.get(0).resource()).isEqualTo(json(EMPTY));
  }

  @Test
  void aDraftMayReferToAMedicationBesideIt() {
    List<DraftOrder> drafts =
        read(
            bundle(
                "{'resourceType': 'MedicationRequest', 'id': 'd1', 'medicationReference':"
                    + " {'reference': 'Medication/m'}}",
                "{'resourceType': 'Medication', 'id': 'm', 'code': {'coding': [{'system':"
                    + " 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '314076'}]}}"));

    assertThat(drafts.get(0).drug()).contains(new DrugCode("314076"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Medication/m", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"})
  void aDraftMayReferToAMedicationOfThePrefetch(String reference) {
    String medication =
        "{'resourceType': 'Medication', 'id': 'm', 'code': {'coding': [{'system':"
            + " 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '314076'}]}}";
    ObjectNode medications = bundle(medication);
    ((ObjectNode) medications.path("entry").path(0))
        .put("fullUrl", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0");
    String draft =
        "{'resourceType': 'MedicationRequest', 'id': 'd1', 'medicationReference': {'reference':"
            + " '%s'}}".formatted(reference);

    List<DraftOrder> drafts =
        new DraftOrders(FhirFixtures.drugs(), FhirFixtures.labels())
            .read(bundle(draft), List.of(), "p1", Map.of("medications", medications));

    assertThat(drafts.get(0).drug()).contains(new DrugCode("314076"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'medicationReference': {'reference': 'Medication/elsewhere'}",
        "'medication': {'concept': {'text': 'tea'}}",
        "'modifierExtension': [{'url': 'x'}], 'medicationCodeableConcept': 'tea'"
      })
  void aMedicationOfAnyFormIsOne(String medication) {
    DraftOrder draft =
        read(bundle("{'resourceType': 'MedicationRequest', 'id': 'd1', " + medication + "}"))
            .get(0);

    assertThat(draft.drug()).isEmpty();
    assertThat(draft.hasMedication()).isTrue();
  }

  @Test
  void aDrugThatMedcueCannotReadIsAMedicationAllTheSame() {
    DraftOrder draft =
        read(bundle(
                "{'resourceType': 'MedicationRequest', 'id': 'd1',"
                    + " 'medicationCodeableConcept': {'text': 'tea'}}"))
            .get(0);

    assertThat(draft.drug()).isEmpty();
    assertThat(draft.hasMedication()).isTrue();
  }

  @Test
  void aSelectionOfAnotherTypeIsNoMedicationOrder() {
    assertThat(read(bundle("{'resourceType': 'ServiceRequest', 'id': 's'}"), "ServiceRequest/s"))
        .isEmpty();
  }

  @Test
  void aSelectionOutsideTheBundleIsRefused() {
    assertThatThrownBy(() -> read(bundle(EMPTY), "MedicationRequest/other"))
        .isInstanceOf(MalformedFhirException.class)
        .hasMessageStartingWith("context.selections");
  }

  @Test
  void anotherPatientsDraftIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    bundle(
                        "{'resourceType': 'MedicationRequest', 'id': 'd', 'subject': {'reference':"
                            + " 'Patient/p2'}}")))
        .isInstanceOf(OtherPatientException.class)
        .hasMessageStartingWith("context.draftOrders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Group/p1", "Patient/other?x=/p1", "Patient/other#/p1", "urn:uuid:p1"})
  void aDraftForAnythingButThePatientIsRefused(String subject) {
    assertThatThrownBy(() -> read(bundle(EMPTY.replace("Patient/p1", subject))))
        .isInstanceOf(OtherPatientException.class);
  }

  @Test
  void thePatientOfADraftMayBeNamedByFullUrl() {
    ObjectNode patient = bundle("{'resourceType': 'Patient', 'id': 'p1'}");
    ((ObjectNode) patient.path("entry").path(0)).put("fullUrl", "urn:uuid:5f2a");

    assertThat(
            new DraftOrders(FhirFixtures.drugs(), FhirFixtures.labels())
                .read(
                    bundle(EMPTY.replace("Patient/p1", "urn:uuid:5f2a")),
                    List.of(),
                    "p1",
                    Map.of("patient", patient)))
        .hasSize(1);
  }

  @Test
  void anotherPatientsDraftIsRefusedEvenIfItCannotBeUnderstood() {
    assertThatThrownBy(
            () ->
                read(
                    bundle(
                        "{'resourceType': 'MedicationRequest', 'id': 'd', 'status': 'no such',"
                            + " 'subject': {'reference': 'Patient/p2'}}")))
        .isInstanceOf(OtherPatientException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "'text'",
        "{'resourceType': 'MedicationRequest', 'id': 'd1'}",
        "{'resourceType': 'Bundle', 'entry': [{'resource': {'resourceType': 'MedicationRequest',"
            + " 'subject': 'x'}}]}"
      })
  void whatIsNoBundleOfOrdersIsRefused(String garbage) {
    assertThatThrownBy(() -> read(json(garbage)))
        .isInstanceOf(MalformedFhirException.class)
        .hasMessageStartingWith("context.draftOrders");
  }

  @Test
  void nestingInAStringIsRefusedAsOnTheWire() {
    String draft =
        "{\"resourceType\": \"MedicationRequest\", \"id\": \"d1\", \"unread\": "
            + "[".repeat(200)
            + "]".repeat(200)
            + "}";
    ObjectNode bundle = bundle("{}");
    ((ObjectNode) bundle.path("entry").path(0)).put("resource", draft);
    String whole = "{\"resourceType\": \"Bundle\", \"entry\": [{\"resource\": " + draft + "}]}";

    for (JsonNode sent : List.of(bundle, TextNode.valueOf(whole))) {
      assertThatThrownBy(() -> read(sent))
          .isInstanceOf(MalformedFhirException.class)
          .hasMessageStartingWith("context.draftOrders");
    }
  }

  private static List<DraftOrder> read(JsonNode bundle, String... selections) {
    return new DraftOrders(FhirFixtures.drugs(), FhirFixtures.labels())
        .read(bundle, List.of(selections), "p1", Map.of());
  }
}
