package org.medcue.model.visits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.model.mrkpa.SmallCohort.KNOWLEDGE;
import static org.medcue.model.mrkpa.SmallCohort.visit;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Visit;

class VisitEncodingTest {

  private static final Visit KNOWN =
      visit(0, Set.of("E11.6", "E11.9"), Set.of(), Set.of("314076", "197886"));

  @Test
  void unknownDiagnosisIsTheLongestKnownCodeThatItRefines() {
    Vocabulary vocabulary = vocabulary(true, KNOWN);

    assertThat(diagnosis(vocabulary, "E11.65")).isEqualTo(token(vocabulary, "E11.6"));
    assertThat(diagnosis(vocabulary, "E11.2")).isEqualTo(token(vocabulary, "E11"));
  }

  @Test
  void withoutTheOntologyAnUnknownCodeIsUnknown() {
    Vocabulary vocabulary =
        vocabulary(false, visit(0, Set.of("E11", "E11.6"), Set.of(), Set.of("314076")));
    CodeCoverage coverage = new CodeCoverage();

    EncodedVisit encoded =
        new VisitEncoding(vocabulary, KNOWLEDGE)
            .encode(visit(1, Set.of("E11.65"), Set.of(), Set.of()), coverage);

    assertThat(encoded.diagnoses().length()).isEqualTo(1); // [CLS] alone
    assertThat(coverage.of(CodeCoverage.Field.DIAGNOSES).unknown()).isEqualTo(1);
  }

  /** An empty field has a row in the token table, so the next field's tokens begin after it. */
  @Test
  void tokensOfDrugsAreTheirRowsWhereNobodyHasADiagnosis() {
    Vocabulary vocabulary = vocabulary(true, visit(0, Set.of(), Set.of(), Set.of("314076")));

    assertThat(vocabulary.drugOffset()).isEqualTo(Vocabulary.SPECIAL_TOKENS + 1);
    assertThat(vocabulary.symptomOffset())
        .isEqualTo(vocabulary.drugOffset() + vocabulary.drugs().size());
  }

  private static Vocabulary vocabulary(boolean ontology, Visit visit) {
    return Vocabulary.of(List.of(visit), KNOWLEDGE, LabelSpace.PRODUCT, ontology);
  }

  private static int diagnosis(Vocabulary vocabulary, String code) {
    return new VisitEncoding(vocabulary, KNOWLEDGE)
        .encode(visit(1, Set.of(code), Set.of(), Set.of()), new CodeCoverage())
        .diagnoses()
        .token(1);
  }

  private static int token(Vocabulary vocabulary, String code) {
    return vocabulary.diagnosisOffset() + vocabulary.diagnoses().indexOf(code).orElseThrow();
  }
}
