package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.fhir.FhirFixtures.omission;
import static org.medcue.fhir.FhirFixtures.read;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission.Kind;

class AllergyMappingTest {

  private static final String ASPIRIN =
      "{'coding': [{'system': 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '1191',"
          + " 'display': 'Aspirin'}]}";

  @Test
  void theSubstanceIsReadWithItsName() {
    assertThat(read(allergy("'code': " + ASPIRIN)).allergies())
        .containsExactly(new Allergy(Optional.of(new DrugCode("1191")), "Aspirin"));
  }

  @Test
  void theReactionsSubstanceStandsInForAMissingCode() {
    assertThat(read(allergy("'reaction': [{'substance': " + ASPIRIN + "}]")).allergies())
        .containsExactly(new Allergy(Optional.of(new DrugCode("1191")), "Aspirin"));
  }

  @Test
  void anAllergyInWordsAloneIsKept() {
    assertThat(read(allergy("'code': {'text': 'Penicillin'}")).allergies())
        .containsExactly(new Allergy(Optional.empty(), "Penicillin"));
  }

  @Test
  void anAllergyThatSaysNothingIsNoted() {
    assertThat(read(allergy("'criticality': 'high'")).omissions())
        .contains(omission(Kind.NO_CODE, "AllergyIntolerance", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'verificationStatus': {'coding': [{'code': 'refuted'}]}",
        "'verificationStatus': {'coding': [{'code': 'entered-in-error'}]}",
        "'clinicalStatus': {'coding': [{'code': 'inactive'}]}",
        "'clinicalStatus': {'coding': [{'code': 'resolved'}]}"
      })
  void anAllergyThatDoesNotHoldIsLeftOut(String status) {
    assertThat(read(allergy("'code': " + ASPIRIN + ", " + status)).allergies()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"716186003", "409137002"})
  void noKnownAllergyIsNoAllergy(String concept) {
    assertThat(
            read(allergy(
                    "'code': {'coding': [{'system': 'http://snomed.info/sct', 'code': '"
                        + concept
                        + "'}], 'text': 'none known'}"))
                .allergies())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'code': {'coding': [%s, {'system': 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code':"
            + " '1191', 'display': 'Aspirin'}]}",
        "'code': {'coding': [%s]}, 'reaction': [{'substance': {'coding': [{'system':"
            + " 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '1191', 'display':"
            + " 'Aspirin'}]}}]"
      })
  void noKnownAllergyBesideASubstanceIsAnAllergy(String content) {
    String none =
        "{'system': 'http://snomed.info/sct', 'code': '716186003', 'display': 'No known allergy'}";

    assertThat(read(allergy(content.formatted(none))).allergies())
        .containsExactly(new Allergy(Optional.of(new DrugCode("1191")), "Aspirin"));
  }

  @Test
  void theCodeOfNoKnownAllergyInAnotherSystemIsAnAllergy() {
    assertThat(
            read(allergy(
                    "'code': {'coding': [{'system': 'http://x.example', 'code': '716186003'}],"
                        + " 'text': 'Latex'}"))
                .allergies())
        .containsExactly(new Allergy(Optional.empty(), "Latex"));
  }

  @Test
  void allergiesOfOneIdAreKeptUnlessTheyAreTheSame() {
    String penicillin = allergy("'id': 'a', 'code': {'text': 'Penicillin'}");

    assertThat(
            read(penicillin, allergy("'id': 'a', 'code': {'text': 'Latex'}"), penicillin)
                .allergies())
        .extracting(Allergy::text)
        .containsExactly("Penicillin", "Latex");
  }

  @Test
  void anAllergyWithAModifierExtensionIsNoted() {
    assertThat(
            read(allergy("'code': " + ASPIRIN + ", 'modifierExtension': [{'url': 'x'}]"))
                .omissions())
        .containsExactly(omission(Kind.UNREADABLE, "AllergyIntolerance", 1));
  }

  private static String allergy(String more) {
    return "{'resourceType': 'AllergyIntolerance', 'patient': {'reference': 'Patient/p1'}, %s}"
        .formatted(more);
  }
}
