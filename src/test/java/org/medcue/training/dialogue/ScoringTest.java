package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.training.evaluation.RunComparison;
import org.medcue.training.evaluation.RunScores;
import org.medcue.training.evaluation.SeedSummary;
import org.medcue.training.evaluation.VisitScore;

class ScoringTest {

  private static final Offset<Double> EXACTLY = within(1e-9);
  private static final DecisionRule HALF = new DecisionRule(0.5);

  private static ScoredDialogue scored(int[] drugs, double... probabilities) {
    return ScoredDialogue.of(Talk.withDrugs("talks:1", drugs), Talk.probabilities(probabilities));
  }

  @Test
  void oneDialogueByHand() {
    // Ranked 0, 1, 3, 2; suggested 0 and 1; found at places 1 and 4
    VisitScore score = scored(new int[] {0, 2}, 0.9, 0.8, 0.2, 0.4).score(HALF);

    assertThat(score).isEqualTo(new VisitScore(0, 1, 2, 2, (1 + 2 / 4.0) / 2));
  }

  @Test
  void drugOutsideTheLabelSpaceIsMissed() {
    LabelledDialogue dialogue =
        new LabelledDialogue(
            "talks:1",
            Talk.dialogue("P胃痛"),
            Talk.disease("胃炎"),
            List.of(Talk.KNOWLEDGE.drugs().drugs().get(0)),
            Set.of("甲药"));

    VisitScore score = ScoredDialogue.of(dialogue, Talk.probabilities(0.9)).score(HALF);

    assertThat(score).isEqualTo(new VisitScore(0, 1, 1, 2, 0.5));
  }

  @Test
  void dialogueOfOtherDrugsAloneScoresNothing() {
    LabelledDialogue dialogue =
        new LabelledDialogue(
            "talks:1", Talk.dialogue("P胃痛"), Talk.disease("胃炎"), List.of(), Set.of("甲药"));

    assertThat(ScoredDialogue.of(dialogue, Talk.probabilities(0.9)).score(HALF))
        .isEqualTo(new VisitScore(0, 0, 1, 1, 0));
  }

  @Test
  void whereNoDrugIsProbableEnoughNoneIsSuggested() {
    ScoredDialogue dialogue = scored(new int[] {1}, 0.1, 0.3);

    assertThat(dialogue.score(HALF).predicted()).isZero();
    assertThat(dialogue.score(new DecisionRule(0.3f)).predicted()).isEqualTo(1);
  }

  @Test
  void aCardShowsTheFiveMostProbableFromTheFloorOn() {
    ScoredDialogue many = scored(new int[] {0, 6}, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8);
    ScoredDialogue few = scored(new int[] {0}, 0.2, 0.0999, 0.1);

    assertThat(many.scoreAsServed()).extracting("hits", "predicted").containsExactly(1, 5);
    assertThat(few.scoreAsServed()).extracting("hits", "predicted").containsExactly(1, 2);
  }

  @Test
  void thresholdOfTheHighestMicroF1IsChosen() {
    List<ScoredDialogue> validation =
        List.of(
            scored(new int[] {0}, 0.6, 0.355),
            scored(new int[] {0, 1}, 0.6, 0.45),
            scored(new int[] {2}, 0.2, 0.355, 0.1));

    // Between 0.355 and 0.45 three of four are found and nothing else is suggested
    assertThat(DecisionRule.chosenOn(validation).threshold()).isEqualTo(0.36);
  }

  @Test
  void thresholdOfAFoldIsChosenOnTheOthers() {
    ScoredDialogue sure = scored(new int[] {0}, 0.9, 0.45);
    ScoredDialogue unsure = scored(new int[] {0}, 0.3, 0.1);

    List<ScoredFold> folds =
        ScoredFold.crossFitted(List.of(List.of(sure), List.of(unsure), List.of(unsure)));

    // What would suit the sure fold best, anything above 0.45, is not seen by it
    assertThat(folds.get(0).rule().threshold()).isLessThan(0.3);
    assertThat(folds.get(0).scores().toList().get(0).predicted()).isEqualTo(2);
    assertThat(folds.get(1).dialogues()).containsExactly(unsure);
  }

  @Test
  void whatIsNoThresholdOrNoProbabilityIsRefused() {
    assertThatThrownBy(() -> new DecisionRule(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scored(new int[] {0}, 1.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ScoredDialogue.of(Talk.withDrugs("talks:1", 5), new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dialoguesWithoutDrugAreNotScored() {
    assertThat(
            ScoredDialogue.all(
                List.of(Talk.withDrugs("talks:1"), Talk.withDrugs("talks:2", 3)),
                Protocol.CLINICAL,
                (dialogue, disease) -> Talk.probabilities(0.5),
                (what, done, total) -> {}))
        .extracting(ScoredDialogue::id)
        .containsExactly("talks:2");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 2, NOTHING",
    "1, 1, 2, MISSING",
    "2, 3, 2, SURPLUS",
    "1, 2, 2, MIXED",
    "0, 1, 1, DISJOINT"
  })
  void errorsAreOfTheFiveClassesOfThePaper(int hits, int predicted, int prescribed, ErrorClass is) {
    assertThat(ErrorClass.of(new VisitScore(0, hits, predicted, prescribed, 1))).contains(is);
  }

  @Test
  void rightPredictionIsNoError() {
    assertThat(ErrorClass.of(new VisitScore(0, 2, 2, 2, 1))).isEmpty();
  }

  @Test
  void systemsAreComparedInPairsOverAllFolds() {
    List<ScoredDialogue> ours =
        List.of(scored(new int[] {0}, 0.9), scored(new int[] {0, 1}, 0.9, 0.1));
    List<ScoredDialogue> theirs =
        List.of(scored(new int[] {0}, 0.1, 0.9), scored(new int[] {0, 1}, 0.9, 0.1));

    RunScores our = run("ours", ours);
    RunComparison gain = RunComparison.between(List.of(our), List.of(run("theirs", theirs)));

    assertThat(our.threshold()).isCloseTo(0.55, EXACTLY);
    assertThat(gain.jaccard().overVisits().mean()).isCloseTo(0.5, EXACTLY);
    // Pooled: ours 2 hits of 2 suggested and 3 prescribed, theirs 1 of the same
    assertThat(gain.micro().f1().mean()).isCloseTo(4 / 5.0 - 2 / 5.0, EXACTLY);
    assertThat(gain.micro().jaccard().mean()).isCloseTo(2 / 3.0 - 1 / 4.0, EXACTLY);
    assertThat(SeedSummary.of(List.of(our)).microF1().mean()).isCloseTo(4 / 5.0, EXACTLY);
  }

  private static RunScores run(String system, List<ScoredDialogue> dialogues) {
    return ScoredFold.run(
        system,
        1,
        List.of(
            new ScoredFold(HALF, dialogues.subList(0, 1)),
            new ScoredFold(new DecisionRule(0.6), dialogues.subList(1, 2))));
  }
}
