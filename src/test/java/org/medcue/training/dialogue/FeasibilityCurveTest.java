package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.Dialogue;

class FeasibilityCurveTest {

  private static final Dialogue FIVE = Talk.dialogue("P一", "D二", "P三", "D四", "P五");

  @ParameterizedTest
  @CsvSource({"0.2, 1", "0.4, 2", "0.6, 3", "0.8, 4", "1, 5", "0.01, 1", "0.41, 3"})
  void shareOfTheUtterancesRoundedUp(double share, int utterances) {
    assertThat(FeasibilityCurve.upTo(FIVE, share).utterances())
        .isEqualTo(FIVE.utterances().subList(0, utterances));
  }

  @Test
  void nothingSaidStaysNothing() {
    assertThat(FeasibilityCurve.upTo(Dialogue.EMPTY, 0.2)).isEqualTo(Dialogue.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({"0", "1.1", "NaN"})
  void whatIsNoShareIsRefused(double share) {
    assertThatThrownBy(() -> FeasibilityCurve.upTo(FIVE, share))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shareIsOfWhatTheProtocolLeaves() {
    List<Integer> lengths = new ArrayList<>();
    DialogueScorer scorer =
        (dialogue, disease) -> {
          lengths.add(dialogue.utterances().size());
          return Talk.probabilities(dialogue.utterances().size() >= 4 ? 0.9 : 0.1);
        };
    LabelledDialogue dialogue =
        Talk.labelled(
            "talks:1", Talk.dialogue("P一", "D二", "P三", "D四", "D五[MASK]", "D六", "P七"), "胃炎", "黄连素");

    FeasibilityCurve curve = FeasibilityCurve.of(scorer, List.of(dialogue), new DecisionRule(0.5));

    assertThat(lengths).containsExactly(1, 2, 3, 4, 5);
    assertThat(curve.points())
        .extracting(FeasibilityCurve.Point::share)
        .containsExactly(0.2, 0.4, 0.6, 0.8, 1.0);
    assertThat(curve.points())
        .extracting(point -> point.metrics().micro().f1())
        .containsExactly(0.0, 0.0, 0.0, 1.0, 1.0);
  }
}
