package org.medcue.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.ScoredDrug;

class LoggedScoresTest {

  private static final List<ScoredDrug> THEN = scores(1, 0.9, 2, 0.50001, 3, 0.49999);

  private static List<ScoredDrug> scores(double... drugsAndScores) {
    List<ScoredDrug> scores = new ArrayList<>();
    for (int i = 0; i < drugsAndScores.length; i += 2) {
      String code = Integer.toString((int) drugsAndScores[i]);
      scores.add(new ScoredDrug(new DrugCode(code), drugsAndScores[i + 1]));
    }
    return scores;
  }

  private static Optional<List<ScoredDrug>> rounded(List<ScoredDrug> now) {
    return LoggedScores.roundedTo(THEN, new DrugPrediction(now, List.of()))
        .map(DrugPrediction::ranked);
  }

  @Test
  void scoresAndTheirOrderAreThoseOfThen() {
    assertThat(rounded(scores(1, 0.90001, 3, 0.50002, 2, 0.49998, 4, 0.1)))
        .contains(scores(1, 0.9, 2, 0.50001, 3, 0.49999, 4, 0.1));
  }

  @Test
  void drugThatRoundingPutsAmongTheHighestStaysBelowThem() {
    assertThat(rounded(scores(1, 0.9, 4, 0.50005, 2, 0.5, 3, 0.49999)))
        .contains(scores(1, 0.9, 2, 0.50001, 3, 0.49999, 4, 0.49999));
  }

  @Test
  void moreThanRoundingIsNotExcused() {
    assertThat(rounded(scores(1, 0.9002, 2, 0.50001, 3, 0.49999))).isEmpty();
  }

  @Test
  void anotherDrugIsNotExcused() {
    assertThat(rounded(scores(1, 0.9, 2, 0.50001))).as("one is missing").isEmpty();
    assertThat(rounded(scores(1, 0.9, 2, 0.50001, 3, 0.49999, 4, 0.6))).as("one more").isEmpty();
  }

  @Test
  void whereNothingWasScoredNothingMayBe() {
    DrugPrediction nothing = new DrugPrediction(List.of(), List.of());

    assertThat(LoggedScores.roundedTo(List.of(), nothing)).contains(nothing);
    assertThat(LoggedScores.roundedTo(List.of(), new DrugPrediction(THEN, List.of()))).isEmpty();
  }
}
