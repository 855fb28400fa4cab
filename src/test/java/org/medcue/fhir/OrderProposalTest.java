package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.fhir.FhirFixtures.json;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugLabel;

class OrderProposalTest {

  private static final OrderedDrug LISINOPRIL =
      new OrderedDrug(new DrugCode("314076"), "Lisinopril 10 MG", List.of());
  private static final Optional<String> DOSAGE = Optional.of("[{\"text\":\"one a day\"}]");

  @Test
  void aNewOrderIsACompleteMedicationRequest() {
    JsonNode order = OrderProposal.create("p1", Optional.of("e1"), LISINOPRIL, DOSAGE, "n1");

    MedicationRequest parsed = strict(order);
    assertThat(parsed.getIdElement().getIdPart()).isEqualTo("n1");
    assertThat(parsed.getStatus()).isEqualTo(MedicationRequest.MedicationRequestStatus.DRAFT);
    assertThat(parsed.getIntent()).isEqualTo(MedicationRequest.MedicationRequestIntent.ORDER);
    assertThat(parsed.getSubject().getReference()).isEqualTo("Patient/p1");
    assertThat(parsed.getEncounter().getReference()).isEqualTo("Encounter/e1");
    assertThat(parsed.getDosageInstructionFirstRep().getText()).isEqualTo("one a day");
    var concept = parsed.getMedicationCodeableConcept();
    assertThat(concept.getText()).isEqualTo("Lisinopril 10 MG");
    assertThat(concept.getCodingFirstRep().getSystem()).isEqualTo(CodeSystems.RXNORM);
    assertThat(concept.getCodingFirstRep().getCode()).isEqualTo("314076");
    assertThat(concept.getCodingFirstRep().getDisplay()).isEqualTo("Lisinopril 10 MG");
  }

  @Test
  void aLabelIsCodedByItsUsualAtcCodeAndByItself() {
    OrderedDrug label =
        new OrderedDrug(new DrugLabel("奥美拉唑"), "Omeprazole (奥美拉唑)", List.of("A02BC01", "A02BC05"));

    JsonNode concept =
        OrderProposal.create("p1", Optional.empty(), label, Optional.empty(), "n1")
            .path("medicationCodeableConcept");

    assertThat(concept.path("text").asText()).isEqualTo("Omeprazole (奥美拉唑)");
    assertThat(concept.path("coding")).hasSize(2);
    assertThat(concept.at("/coding/0/system").asText()).isEqualTo("http://www.whocc.no/atc");
    assertThat(concept.at("/coding/0/code").asText()).isEqualTo("A02BC01");
    assertThat(concept.at("/coding/1/code").asText()).isEqualTo("奥美拉唑");
  }

  @Test
  void aLabelWithoutAtcCodeIsCodedAllTheSame() {
    OrderedDrug herbs =
        new OrderedDrug(new DrugLabel("双黄连口服液"), "Shuanghuanglian oral liquid", List.of());

    JsonNode order = OrderProposal.create("p1", Optional.empty(), herbs, Optional.empty(), "n1");

    assertThat(order.at("/medicationCodeableConcept/coding/0/code").asText()).isEqualTo("双黄连口服液");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    JsonNode order =
        OrderProposal.create("p1", Optional.empty(), LISINOPRIL, Optional.empty(), "n1");

    assertThat(order.has("encounter")).isFalse();
    assertThat(order.has("dosageInstruction")).isFalse();
  }

  @Test
  void anUpdateKeepsAllElseOfTheDraft() {
    JsonNode draft =
        json(
            "{'resourceType': 'MedicationRequest', 'id': 'd1', 'status': 'draft', 'intent': 'plan',"
                + " 'subject': {'reference': 'Patient/p1'}, 'unknown': [1, {'a': null}],"
                + " 'extension': [{'url': 'http://example.org/x', 'valueBoolean': true}],"
                + " 'dosageInstruction': [{'text': 'as the doctor wrote'}]}");
    String before = draft.toString();

    JsonNode updated = update("d1", draft);

    draft
        .properties()
        .forEach(field -> assertThat(updated.get(field.getKey())).isEqualTo(field.getValue()));
    assertThat(updated.at("/medicationCodeableConcept/coding/0/code").asText()).isEqualTo("314076");
    assertThat(draft).hasToString(before);
  }

  @Test
  void anUpdateCompletesTheDraft() {
    JsonNode draft =
        json(
            "{'resourceType': 'MedicationRequest', 'id': 'd1', 'subject': {'reference':"
                + " 'Patient/p1'}, 'medicationReference': {'display': 'none yet'}}");

    MedicationRequest updated = strict(update("d1", draft));

    assertThat(updated.getStatus()).isEqualTo(MedicationRequest.MedicationRequestStatus.DRAFT);
    assertThat(updated.getIntent()).isEqualTo(MedicationRequest.MedicationRequestIntent.ORDER);
    assertThat(updated.hasMedicationReference()).isFalse();
    assertThat(updated.getDosageInstructionFirstRep().getText()).isEqualTo("one a day");
  }

  @Test
  void anUpdateNamesTheDraftThePatientAndTheVisitEvenIfTheDraftDoesNot() {
    JsonNode draft = json("{'resourceType': 'MedicationRequest', 'subject': null}");

    MedicationRequest updated = strict(update("u1", draft));

    assertThat(updated.getIdElement().getIdPart()).isEqualTo("u1");
    assertThat(updated.getSubject().getReference()).isEqualTo("Patient/p1");
    assertThat(updated.getEncounter().getReference()).isEqualTo("Encounter/e1");
  }

  @Test
  void anUpdateKeepsTheDraftsOwnReferences() {
    JsonNode draft =
        json(
            "{'resourceType': 'MedicationRequest', 'id': 'd1', 'subject': {'reference':"
                + " 'https://ehr.example/Patient/p1'}, 'encounter': {'reference':"
                + " 'Encounter/e0'}}");

    MedicationRequest updated = strict(update("d1", draft));

    assertThat(updated.getSubject().getReference()).isEqualTo("https://ehr.example/Patient/p1");
    assertThat(updated.getEncounter().getReference()).isEqualTo("Encounter/e0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "5",
        "null",
        "[]",
        "one a day",
        "[{\"bogus\": 1}]",
        "[{\"timing\": [1]}]",
        "[{\"sequence\": \"first\"}]",
        "[{\"doseAndRate\": [{\"doseQuantity\": {\"value\": 1e400}}]}]",
        "[{\"timing\": {\"repeat\": {\"periodUnit\": \"fortnight\"}}}]",
      })
  void anOrderGoesWithoutADosageThatNobodyCanParse(String wrong) {
    Optional<String> dosage = Optional.of(wrong);
    JsonNode order = OrderProposal.create("p1", Optional.empty(), LISINOPRIL, dosage, "n1");
    JsonNode updated =
        OrderProposal.update(
            draft("d1", json("{'resourceType': 'MedicationRequest'}")),
            "p1",
            Optional.empty(),
            LISINOPRIL,
            dosage);

    assertThat(OrderProposal.isDosage(wrong)).isFalse();
    assertThat(List.of(order, updated))
        .allSatisfy(written -> assertThat(strict(written).hasDosageInstruction()).isFalse());
  }

  private static JsonNode update(String id, JsonNode draft) {
    return OrderProposal.update(draft(id, draft), "p1", Optional.of("e1"), LISINOPRIL, DOSAGE);
  }

  private static DraftOrder draft(String id, JsonNode resource) {
    return new DraftOrder("MedicationRequest/" + id, true, Optional.empty(), false, resource);
  }

  private static MedicationRequest strict(JsonNode order) {
    return FhirContext.forR4Cached()
        .newJsonParser()
        .setParserErrorHandler(new StrictErrorHandler())
        .parseResource(MedicationRequest.class, order.toString());
  }
}
