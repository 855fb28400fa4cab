package org.medcue.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.model.mrkpa.SmallCohort.KNOWLEDGE;
import static org.medcue.model.mrkpa.SmallCohort.visit;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.LabelSpace;
import org.medcue.model.visits.Vocabulary;

class CopyLastVisitTest {

  private static final PatientRecord PATIENT =
      SmallCohort.patient(
          "p",
          visit(0, Set.of("I10"), Set.of(), Set.of("314076", "197886")),
          visit(1, Set.of("I10"), Set.of(), Set.of("105585")),
          visit(2, Set.of("E78.5"), Set.of(), Set.of()),
          visit(3, Set.of("I10"), Set.of(), Set.of("617318")),
          visit(4, Set.of("I10"), Set.of(), Set.of("9999999")),
          visit(5, Set.of("I10"), Set.of(), Set.of("617318")));

  @Test
  void repeatsTheDrugsOfTheVisitBefore() {
    assertThat(predicted(1)).containsExactlyInAnyOrder("314076", "197886");
  }

  @Test
  void passesOverVisitsWithoutDrugs() {
    assertThat(predicted(3)).containsExactly("105585");
  }

  @Test
  void predictsNothingAtAFirstVisit() {
    assertThat(predicted(0)).isEmpty();
  }

  @Test
  void unknownDrugsCountAsDrugsThatCannotBeCopied() {
    assertThat(predicted(5)).isEmpty();
  }

  @Test
  void repeatsLabelsOfItsLabelSpace() {
    Vocabulary ingredients =
        Vocabulary.of(PATIENT.visits().subList(0, 4), KNOWLEDGE, LabelSpace.INGREDIENT, true);
    CopyLastVisit copy = new CopyLastVisit(ingredients, KNOWLEDGE);
    Set<String> ordered = new TreeSet<>();
    PATIENT.visits().get(1).drugs().forEach(drug -> ordered.add(copy.labelOf(drug)));

    assertThat(predicted(copy, 2)).isEqualTo(ordered).doesNotContain("105585");
  }

  @Test
  void countsTheCodesOfAllVisits() {
    CodeCoverage coverage = new CodeCoverage();
    new CopyLastVisit(SmallCohort.vocabulary(), KNOWLEDGE).score(PATIENT, List.of(1, 3), coverage);

    assertThat(coverage.of(CodeCoverage.Field.DIAGNOSES).total()).isEqualTo(6);
    assertThat(coverage.of(CodeCoverage.Field.DRUGS).unknown()).isEqualTo(1);
  }

  private static Set<String> predicted(int target) {
    return predicted(new CopyLastVisit(SmallCohort.vocabulary(), KNOWLEDGE), target);
  }

  /** The labels of probability 1; all others must have 0. */
  private static Set<String> predicted(CopyLastVisit copy, int target) {
    float[] scores = copy.score(PATIENT, List.of(target), new CodeCoverage())[0];
    assertThat(scores).hasSize(copy.labels().size());
    Set<String> labels = new TreeSet<>();
    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).isIn(0f, 1f);
      if (scores[i] == 1) {
        labels.add(copy.labels().get(i));
      }
    }
    return labels;
  }
}
