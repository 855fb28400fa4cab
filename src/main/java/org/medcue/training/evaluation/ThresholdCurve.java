package org.medcue.training.evaluation;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.medcue.model.learning.Calibration;

/** What each threshold gives on the same visits. */
public final class ThresholdCurve {

  private static final double LOWEST = 0.05;
  private static final int STEPS = 90;

  private final List<ScoredVisits> patients;
  private final Calibration calibration;

  ThresholdCurve(List<ScoredVisits> patients, Calibration calibration) {
    this.patients = patients;
    this.calibration = calibration;
  }

  /** All visits at one threshold. */
  Scores scores(double threshold) {
    Scores scores = new Scores();
    for (ScoredVisits patient : patients) {
      patient.visits().forEach(visit -> scores.add(visit.score(threshold, calibration)));
    }
    return scores;
  }

  /** The threshold with the highest sample-averaged Jaccard, in steps of 0.01; ties: the lowest. */
  double best() {
    return best(threshold -> scores(threshold).sample().jaccard());
  }

  /**
   * The threshold with the highest value, from 0.05 to 0.94 in steps of 0.01; ties: the lowest.
   *
   * @param value what a threshold gives
   */
  public static double best(DoubleUnaryOperator value) {
    double best = LOWEST;
    double highest = -1;
    for (int i = 0; i < STEPS; i++) {
      double threshold = Math.round(100 * (LOWEST + 0.01 * i)) / 100.0;
      double here = value.applyAsDouble(threshold);
      if (here > highest) {
        best = threshold;
        highest = here;
      }
    }
    return best;
  }

  /** In steps of 0.05. */
  List<EvaluationReport.ThresholdPoint> points() {
    return IntStream.rangeClosed(1, 19).mapToDouble(i -> i * 5 / 100.0).mapToObj(this::at).toList();
  }

  private EvaluationReport.ThresholdPoint at(double threshold) {
    Scores scores = scores(threshold);
    return new EvaluationReport.ThresholdPoint(
        threshold,
        scores.sample().jaccard(),
        scores.precision(),
        scores.micro().recall(),
        scores.meanPredicted());
  }
}
