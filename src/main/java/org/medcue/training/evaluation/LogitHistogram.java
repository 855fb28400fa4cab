package org.medcue.training.evaluation;

import java.util.function.DoubleUnaryOperator;
import org.medcue.model.learning.Calibration;

/**
 * All pairs of a scored visit and a label, by logit: millions of pairs in a fixed hundred
 * kilobytes. Within a bin of a hundredth only counts and the sum of logits are kept, for ordered
 * and other drugs apart, so what is computed from it is exact to about 1e-5.
 */
public final class LogitHistogram {

  private static final double LIMIT = 16;
  private static final int PER_UNIT = 100;
  static final int BINS = (int) (2 * LIMIT * PER_UNIT) + 1;

  /** Beyond these a fit has nothing left to win: such a system gives no probabilities. */
  private static final double LOWEST_TEMPERATURE = 0.05;

  private static final double HIGHEST_TEMPERATURE = 20;

  private final long[][] counts = new long[2][BINS];
  private final double[][] sums = new double[2][BINS];

  /** Receives the pairs that are alike. */
  @FunctionalInterface
  interface Pairs {

    /**
     * @param logit their mean logit
     * @param ordered whether the drug was ordered
     * @param count how many pairs
     */
    void accept(double logit, boolean ordered, long count);
  }

  /** Adds a pair. */
  public void add(float probability, boolean ordered) {
    double logit = Calibration.logit(probability);
    int bin = binOf(logit);
    int side = ordered ? 1 : 0;
    counts[side][bin]++;
    sums[side][bin] += logit;
  }

  /** The bin of a logit. */
  static int binOf(double logit) {
    return (int) Math.round((Math.max(-LIMIT, Math.min(LIMIT, logit)) + LIMIT) * PER_UNIT);
  }

  /** How many pairs a bin holds. */
  long count(int bin) {
    return counts[0][bin] + counts[1][bin];
  }

  /** How many of them were ordered. */
  long ordered(int bin) {
    return counts[1][bin];
  }

  /** Goes through all pairs, ascending by bin of logit. */
  void forEach(Pairs pairs) {
    for (int bin = 0; bin < BINS; bin++) {
      for (int side = 0; side < 2; side++) {
        long count = counts[side][bin];
        if (count > 0) {
          pairs.accept(sums[side][bin] / count, side == 1, count);
        }
      }
    }
  }

  /** The temperature with the least log loss; none without pairs. */
  public Calibration fit() {
    if (logLoss(1) == 0) {
      return Calibration.none();
    }
    double inverse = minimise(this::logLoss, 1 / HIGHEST_TEMPERATURE, 1 / LOWEST_TEMPERATURE);
    return new Calibration(1 / inverse);
  }

  /** Summed binary log loss of sigmoid(scale × logit), which is convex in the scale. */
  private double logLoss(double scale) {
    double[] loss = new double[1];
    forEach(
        (logit, ordered, count) -> {
          double towardsTruth = ordered ? scale * logit : -scale * logit;
          loss[0] += count * softplus(-towardsTruth);
        });
    return loss[0];
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** Golden-section search of a convex function's minimum. */
  private static double minimise(DoubleUnaryOperator convex, double from, double to) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double low = from;
    double high = to;
    for (int i = 0; i < 50; i++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (convex.applyAsDouble(left) <= convex.applyAsDouble(right)) {
        high = right;
      } else {
        low = left;
      }
    }
    return (low + high) / 2;
  }
}
