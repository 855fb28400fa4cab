package org.medcue.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.medcue.training.evaluation.HandCohort.evaluation;
import static org.medcue.training.evaluation.HandCohort.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.medcue.model.learning.Calibration;

/** By hand, with a system that gives drugs 1, 2, 3 the probabilities 0.8, 0.5, 0.2 always. */
class EvaluationReportTest {

  private static final Offset<Double> EXACTLY = within(1e-12);

  @Test
  void everyAverageOfTheModel() {
    EvaluationReport.Metrics metrics = report(0.4, Calibration.none()).metrics();

    // Predicted 1 and 2 each time. a: 2 of 2, 2 of 2, 1 of 2; b: none of four
    assertThat(metrics.sample().jaccard()).isCloseTo(2.5 / 4, EXACTLY);
    assertThat(metrics.sample().f1()).isCloseTo((1 + 1 + 2 / 3.0) / 4, EXACTLY);
    // b: 3 is third, 99 is never found
    assertThat(metrics.sample().prAuc()).isCloseTo((3 + 1 / 6.0) / 4, EXACTLY);
    assertThat(metrics.micro()).isEqualTo(new Scores.Micro(5 / 10.0, 10 / 15.0, 5 / 8.0, 5 / 7.0));
    assertThat(metrics.perPatient().sample().jaccard()).isCloseTo(2.5 / 3 / 2, EXACTLY);
    assertThat(metrics.perPatient().sample().prAuc()).isCloseTo((1 + 1 / 6.0) / 2, EXACTLY);
    assertThat(metrics.perPatient().micro().jaccard()).isCloseTo(5 / 6.0 / 2, EXACTLY);
    assertThat(metrics.meanPredicted()).isEqualTo(2);
    assertThat(metrics.meanPrescribed()).isCloseTo(7 / 4.0, EXACTLY);
  }

  @Test
  void interactingPairs() {
    Interactions interactions =
        Objects.requireNonNull(report(0.1, Calibration.none()).interactions());

    assertThat(interactions.table()).isEqualTo("interactions/1.0.0");
    // Predicted are all three drugs, so three pairs a visit, of which one interacts
    assertThat(interactions.predicted()).isEqualTo(new Interactions.Rate(12, 1 / 3.0));
    // Prescribed twice 1 and 2, once 3 and 99
    assertThat(interactions.prescribed()).isEqualTo(new Interactions.Rate(3, 2 / 3.0));
  }

  @Test
  void withoutATableInteractionsAreAbsent() {
    assertThat(evaluation().report("always/1", "all", 0.4).interactions()).isNull();
  }

  @Test
  void servedAreTheMostProbableFromTheFloorUpToTheLimit() {
    AsServed served = report(0.4, Calibration.none()).asServed();

    // Shown are all three drugs at each visit: 2, 2, 1 and 1 of them were prescribed, of 2, 2, 1, 2
    assertThat(served.confidenceFloor()).isEqualTo(0.1);
    assertThat(served.limit()).isEqualTo(5);
    assertThat(served.meanShown()).isEqualTo(3);
    assertThat(served.jaccard()).isCloseTo((2 / 3.0 + 2 / 3.0 + 1 / 3.0 + 1 / 4.0) / 4, EXACTLY);
    assertThat(served.precision()).isCloseTo(6 / 12.0, EXACTLY);
    assertThat(served.recall()).isCloseTo(6 / 7.0, EXACTLY);
    assertThat(served.visitsWithHit()).isEqualTo(1);
    // A temperature of 0.5 squares the odds: 0.2 becomes 1/17, below the floor; b sees no hit
    AsServed sharper = report(0.4, new Calibration(0.5)).asServed();
    assertThat(sharper.meanShown()).isEqualTo(2);
    assertThat(sharper.visitsWithHit()).isEqualTo(3 / 4.0);
  }

  @Test
  void noMoreThanFiveDrugsAreServed() {
    ScoredVisit visit =
        ScoredVisit.of(
            1,
            1,
            VisitSubject.UNKNOWN,
            new float[] {.9f, .8f, .7f, .6f, .5f, .4f},
            new int[] {0, 5},
            new int[] {});

    AsServed served =
        AsServed.of(List.of(new ScoredVisits("a", List.of(visit))), Calibration.none());

    assertThat(served.meanShown()).isEqualTo(5);
    assertThat(served.recall()).isEqualTo(0.5); // the sixth was prescribed and is not shown
  }

  @Test
  void labelSpaceBoundsTheRecall() {
    // Of seven drugs prescribed at scored visits 99 alone is unknown
    assertThat(report(0.4, Calibration.none()).labelCoverage()).isCloseTo(6 / 7.0, EXACTLY);
  }

  @Test
  void cautionIsPassedOn() {
    EvaluationReport report =
        evaluation()
            .report(
                new Evaluation.Reading(
                    "always/1",
                    "all",
                    0.4,
                    Calibration.none(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("seen before")));

    assertThat(report.caution()).isEqualTo("seen before");
    assertThat(report(0.4, Calibration.none()).caution()).isNull();
  }

  @Test
  void calibrationBeforeAndAfter() {
    Calibration fitted = evaluation().fitCalibration();
    EvaluationReport.CalibrationReport calibration = report(0.4, fitted).calibration();

    // Ordered of four: drug 1 three times, 2 twice, 3 once, where 3.2, 2 and 0.8 were foretold
    assertThat(calibration.eceBefore()).isCloseTo((0.2 + 0 + 0.2) / 12, within(1e-6));
    assertThat(calibration.temperature())
        .isCloseTo(Math.log(4) / Math.log(3), within(1e-3))
        .isEqualTo(fitted.temperature());
    assertThat(calibration.eceAfter()).isCloseTo(0, within(1e-3));
    assertThat(calibration.bins())
        .extracting(CalibrationCurve.Bin::count)
        .containsExactly(4L, 4L, 4L);
  }

  @Test
  void thresholdIsChosenAfterCalibration() {
    Evaluation evaluation = evaluation();

    // Jaccard is best with drug 1 alone or with 1 and 2: a 1/2, 1/2, 1 and a 1, 1, 1/2
    assertThat(evaluation.bestThreshold()).isEqualTo(0.21);
    // The logit of 0.2, -1.386, becomes -0.139, a probability of 0.465
    assertThat(evaluation.bestThreshold(new Calibration(10))).isEqualTo(0.47);
  }

  @Test
  void curveOverThresholds() {
    List<EvaluationReport.ThresholdPoint> points = report(0.4, Calibration.none()).thresholds();

    assertThat(points).hasSize(19);
    EvaluationReport.ThresholdPoint half = points.get(9);
    assertThat(half.threshold()).isEqualTo(0.5);
    assertThat(half.jaccard()).isCloseTo(2.5 / 4, EXACTLY);
    assertThat(half.precision()).isCloseTo(5 / 8.0, EXACTLY);
    assertThat(points.get(18).meanPredicted()).isZero();
  }

  @Test
  void precisionOfNoPredictionIsNull() throws IOException {
    EvaluationReport report = report(0.4, Calibration.none());

    assertThat(report.thresholds().get(18).precision()).isNull();
    JsonNode json = new JsonMapper().readTree(new JsonMapper().writeValueAsString(report));
    assertThat(json.at("/thresholds/18/precision").isNull()).isTrue();
    assertThat(json.at("/thresholds/18/recall").isNumber()).isTrue();
  }

  @Test
  void runHoldsEachVisit() {
    RunScores run = evaluation().run("always", 5, 0.4, Calibration.none());

    assertThat(run.visits()).isEqualTo(4);
    assertThat(run.patients()).extracting(RunScores.Patient::key).doesNotContain("a", "b");
    assertThat(run.patients().get(0).visits())
        .containsExactly(
            new VisitScore(1, 2, 2, 2, 1),
            new VisitScore(2, 2, 2, 2, 1),
            new VisitScore(3, 1, 2, 1, 1));
    assertThat(run.patients().get(1).visits()).containsExactly(new VisitScore(2, 0, 2, 2, 1 / 6.0));
  }
}
