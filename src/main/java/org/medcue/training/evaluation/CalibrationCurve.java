package org.medcue.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.medcue.model.learning.Calibration;

/**
 * How far probabilities and what happened are apart.
 *
 * @param ece expected calibration error: over the pairs of a visit and a label with a probability
 *     of at least 0.01, in 15 bins of equal width, the mean distance of mean probability and share
 *     ordered. The many pairs below would hide every fault of those that a card can show
 * @param brier mean squared distance of probability and outcome over all pairs
 * @param bins those that hold a pair, ascending
 */
public record CalibrationCurve(double ece, double brier, List<Bin> bins) {

  private static final int BINS = 15;
  private static final double LEAST = 0.01;

  /**
   * Pairs whose probabilities are close.
   *
   * @param from lowest probability of the bin
   * @param to the next bin's lowest
   * @param meanProbability of its pairs
   * @param observedShare of its pairs the share that was ordered
   * @param count pairs
   */
  public record Bin(
      double from, double to, double meanProbability, double observedShare, long count) {}

  /** Copies the bins. */
  public CalibrationCurve {
    bins = List.copyOf(bins);
  }

  static CalibrationCurve of(LogitHistogram pairs, Calibration calibration) {
    return of(pairs, logit -> calibration.apply((float) logit));
  }

  static CalibrationCurve of(LogitHistogram pairs, IsotonicFit isotonic) {
    return of(pairs, isotonic::apply);
  }

  private static CalibrationCurve of(LogitHistogram pairs, DoubleUnaryOperator probabilityOf) {
    Sums sums = new Sums();
    pairs.forEach(
        (logit, ordered, count) -> sums.add(probabilityOf.applyAsDouble(logit), ordered, count));
    return sums.curve();
  }

  private static final class Sums {

    private final long[] counts = new long[BINS];
    private final double[] probabilities = new double[BINS];
    private final long[] ordered = new long[BINS];
    private long all;
    private double squares;

    void add(double probability, boolean isOrdered, long count) {
      double miss = isOrdered ? 1 - probability : probability;
      all += count;
      squares += miss * miss * count;
      if (probability < LEAST) {
        return;
      }
      int bin = Math.min(BINS - 1, (int) (probability * BINS));
      counts[bin] += count;
      probabilities[bin] += probability * count;
      ordered[bin] += isOrdered ? count : 0;
    }

    CalibrationCurve curve() {
      List<Bin> bins = new ArrayList<>();
      double distance = 0;
      long counted = 0;
      for (int i = 0; i < BINS; i++) {
        if (counts[i] > 0) {
          bins.add(bin(i));
          distance += Math.abs(probabilities[i] - ordered[i]);
          counted += counts[i];
        }
      }
      return new CalibrationCurve(
          distance / Math.max(1, counted), squares / Math.max(1, all), bins);
    }

    private Bin bin(int i) {
      return new Bin(
          (double) i / BINS,
          (double) (i + 1) / BINS,
          probabilities[i] / counts[i],
          (double) ordered[i] / counts[i],
          counts[i]);
    }
  }
}
