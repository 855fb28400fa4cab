package org.medcue.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.medcue.model.learning.Calibration;

class ScoresTest {

  private static final Offset<Double> EXACTLY = within(1e-12);

  @Test
  void twoVisitsByHand() {
    Scores scores = new Scores();
    // Suggested 0, 1 of true 0, 2: Jaccard 1/3, F1 1/2; precision at the hits 1/1 and 2/3
    scores.add(score(scores(.9, .8, .2, .1), 0, 2));
    // Suggested 3 of true 3: both 1
    scores.add(score(scores(.4, .3, .2, .7), 3));

    assertThat(scores.sample().jaccard()).isCloseTo((1 / 3.0 + 1) / 2, EXACTLY);
    assertThat(scores.sample().f1()).isCloseTo((1 / 2.0 + 1) / 2, EXACTLY);
    assertThat(scores.sample().prAuc()).isCloseTo(((1 + 2 / 3.0) / 2 + 1) / 2, EXACTLY);
    // Pooled: 2 hits, 3 suggested, 3 prescribed
    assertThat(scores.micro().jaccard()).isCloseTo(2 / 4.0, EXACTLY);
    assertThat(scores.micro().f1()).isCloseTo(4 / 6.0, EXACTLY);
    assertThat(scores.micro().precision()).isCloseTo(2 / 3.0, EXACTLY);
    assertThat(scores.micro().recall()).isCloseTo(2 / 3.0, EXACTLY);
    assertThat(scores.meanPredicted()).isCloseTo(1.5, EXACTLY);
    assertThat(scores.meanPrescribed()).isCloseTo(1.5, EXACTLY);
    assertThat(scores.visits()).isEqualTo(2);
  }

  @Test
  void drugOutsideTheLabelSpaceIsAFalseNegative() {
    VisitScore score = score(scores(.9, .1), 0, 98);

    assertThat(score.jaccard()).isCloseTo(0.5, EXACTLY);
    assertThat(score.f1()).isCloseTo(2 / 3.0, EXACTLY);
    assertThat(score.averagePrecision()).isCloseTo(0.5, EXACTLY);
    assertThat(score.prescribed()).isEqualTo(2);
  }

  @Test
  void nothingSuggestedScoresNothing() {
    VisitScore score = score(scores(.2, .1), 0);

    assertThat(score.jaccard()).isZero();
    assertThat(score.f1()).isZero();
    assertThat(score.averagePrecision()).isEqualTo(1); // the ranking was right
  }

  @Test
  void probabilityAtTheThresholdIsSuggested() {
    assertThat(score(scores(.5, .49), 0).jaccard()).isEqualTo(1);
  }

  @Test
  void thresholdIsOfTheCalibratedProbability() {
    // The logit 1.386 of 0.8 halves to 0.693, which is 2/3; that of 0.4 to -0.203, which is 0.449
    ScoredVisit visit = visit(scores(.8, .4), 0);

    assertThat(visit.predicted(0.66, new Calibration(2))).containsExactly(0);
    assertThat(visit.predicted(0.67, new Calibration(2))).isEmpty();
    assertThat(visit.predicted(0.44, new Calibration(2))).containsExactly(0, 1);
  }

  @Test
  void ofEqualProbabilitiesTheOrderOfTheLabelsCounts() {
    assertThat(score(scores(.5, .9, .5), 2).averagePrecision()).isCloseTo(1 / 3.0, EXACTLY);
    assertThat(score(scores(.5, .9, .5), 0).averagePrecision()).isCloseTo(1 / 2.0, EXACTLY);
  }

  @Test
  void drugsOfTheTailCountInTheRankingThoughTheyAreNotKept() {
    ScoredVisit visit = visit(scores(.9, 1e-6, 0), 1);

    assertThat(visit.ranked()).containsExactly(0);
    assertThat(visit.averagePrecision()).isCloseTo(1 / 2.0, EXACTLY);
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatThrownBy(() -> visit(scores(.9, Double.NaN), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> visit(scores(1.5), 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void copyingHasNoAveragePrecision() {
    Scores scores = new Scores();
    int[] copied = {0, 1, 2};
    scores.add(
        ScoredVisit.of(1, 1, VisitSubject.UNKNOWN, scores(.9), new int[] {1, 2, 3, 4}, copied)
            .copyScore());

    assertThat(scores.sample().jaccard()).isCloseTo(2 / 5.0, EXACTLY);
    assertThat(scores.sample().f1()).isCloseTo(4 / 7.0, EXACTLY);
    assertThat(scores.sample().prAuc()).isNull();
  }

  @Test
  void withoutVisitsAllIsZero() {
    assertThat(new Scores().sample()).isEqualTo(new Scores.Sample(0, 0, null));
    assertThat(new Scores().micro()).isEqualTo(new Scores.Micro(0, 0, 0, 0));
  }

  @Test
  void visitWithoutDrugsCannotBeScored() {
    assertThatThrownBy(() -> new VisitScore(1, 0, 1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static VisitScore score(float[] scores, int... prescribed) {
    return visit(scores, prescribed).score(0.5, Calibration.none());
  }

  private static ScoredVisit visit(float[] scores, int... prescribed) {
    return ScoredVisit.of(1, 1, VisitSubject.UNKNOWN, scores, prescribed, new int[] {0});
  }

  private static float[] scores(double... probabilities) {
    float[] scores = new float[probabilities.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) probabilities[i];
    }
    return scores;
  }
}
