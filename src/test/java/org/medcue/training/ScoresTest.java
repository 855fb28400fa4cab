package org.medcue.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.medcue.training.ScoredVisits.Candidate;

class ScoresTest {

  private static final Offset<Double> EXACTLY = within(1e-12);

  @Test
  void twoVisitsByHand() {
    Scores scores = new Scores();
    // Suggested 1, 2 of true 1, 3: Jaccard 1/3, F1 1/2; precision at the hits 1/1 and 2/3
    add(scores, ranked(1, .9, 2, .8, 3, .2, 4, .1), drugs(1, 3));
    // Suggested 4 of true 4: both 1
    add(scores, ranked(4, .7, 1, .4, 2, .3, 3, .2), drugs(4));

    assertThat(scores.sample().jaccard()).isCloseTo((1 / 3.0 + 1) / 2, EXACTLY);
    assertThat(scores.sample().f1()).isCloseTo((1 / 2.0 + 1) / 2, EXACTLY);
    assertThat(scores.sample().prAuc()).isCloseTo(((1 + 2 / 3.0) / 2 + 1) / 2, EXACTLY);
    // Pooled: 2 hits, 3 suggested, 3 prescribed
    assertThat(scores.micro().jaccard()).isCloseTo(2 / 4.0, EXACTLY);
    assertThat(scores.micro().f1()).isCloseTo(4 / 6.0, EXACTLY);
    assertThat(scores.meanPredicted()).isCloseTo(1.5, EXACTLY);
    assertThat(scores.meanPrescribed()).isCloseTo(1.5, EXACTLY);
    assertThat(scores.visits()).isEqualTo(2);
  }

  @Test
  void drugOutsideTheLabelSpaceIsAFalseNegative() {
    Scores scores = new Scores();
    add(scores, ranked(1, .9, 2, .1), drugs(1, 99));

    assertThat(scores.sample().jaccard()).isCloseTo(0.5, EXACTLY);
    assertThat(scores.sample().f1()).isCloseTo(2 / 3.0, EXACTLY);
    assertThat(scores.sample().prAuc()).isCloseTo(0.5, EXACTLY);
    assertThat(scores.micro().jaccard()).isCloseTo(0.5, EXACTLY);
    assertThat(scores.meanPrescribed()).isEqualTo(2);
  }

  @Test
  void nothingSuggestedScoresNothing() {
    Scores scores = new Scores();
    add(scores, ranked(1, .2, 2, .1), drugs(1));

    assertThat(scores.sample().jaccard()).isZero();
    assertThat(scores.sample().f1()).isZero();
    assertThat(scores.sample().prAuc()).isEqualTo(1); // the ranking was right
    assertThat(scores.micro().f1()).isZero();
  }

  @Test
  void probabilityAtTheThresholdIsSuggested() {
    Scores scores = new Scores();
    add(scores, ranked(1, .5, 2, .49), drugs(1));

    assertThat(scores.sample().jaccard()).isEqualTo(1);
  }

  @Test
  void ofEqualProbabilitiesTheOrderOfTheRankingCounts() {
    assertThat(averagePrecision(ranked(2, .9, 1, .5, 3, .5), drugs(3))).isCloseTo(1 / 3.0, EXACTLY);
    assertThat(averagePrecision(ranked(2, .9, 3, .5, 1, .5), drugs(3))).isCloseTo(1 / 2.0, EXACTLY);
  }

  @Test
  void setsHaveNoAveragePrecision() {
    Scores scores = new Scores();
    scores.add(drugs(1, 2, 3), drugs(2, 3, 4, 5));

    assertThat(scores.sample().jaccard()).isCloseTo(2 / 5.0, EXACTLY);
    assertThat(scores.sample().f1()).isCloseTo(4 / 7.0, EXACTLY);
    assertThat(scores.sample().prAuc()).isNull();
  }

  @Test
  void withoutVisitsAllIsZero() {
    assertThat(new Scores().sample()).isEqualTo(new Scores.Sample(0, 0, null));
    assertThat(new Scores().micro()).isEqualTo(new Scores.Micro(0, 0));
  }

  @Test
  void visitWithoutDrugsCannotBeScored() {
    assertThatThrownBy(() -> new Scores().add(drugs(1), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void add(Scores scores, List<Candidate> ranked, Set<String> truth) {
    scores.add(ranked, 0.5, truth, averagePrecision(ranked, truth));
  }

  private static double averagePrecision(List<Candidate> ranked, Set<String> truth) {
    return Scores.averagePrecision(ranked.stream().map(Candidate::label).toList(), truth);
  }

  private static List<Candidate> ranked(double... codesAndProbabilities) {
    List<Candidate> ranked = new ArrayList<>();
    for (int i = 0; i < codesAndProbabilities.length; i += 2) {
      ranked.add(new Candidate("" + (int) codesAndProbabilities[i], codesAndProbabilities[i + 1]));
    }
    return ranked;
  }

  private static Set<String> drugs(int... codes) {
    return Arrays.stream(codes).mapToObj(String::valueOf).collect(Collectors.toSet());
  }
}
