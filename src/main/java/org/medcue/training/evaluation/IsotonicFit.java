package org.medcue.training.evaluation;

import java.util.Arrays;

/**
 * What a calibration of any rising shape would reach: shares ordered, pooled until they rise with
 * the logit (pool adjacent violators). For reports alone, as the measure of what one temperature
 * leaves: it makes drugs tie whose order the model knows.
 */
public final class IsotonicFit {

  private final double[] byBin;

  private IsotonicFit(double[] byBin) {
    this.byBin = byBin;
  }

  static IsotonicFit of(LogitHistogram pairs) {
    Blocks blocks = new Blocks();
    for (int bin = 0; bin < LogitHistogram.BINS; bin++) {
      if (pairs.count(bin) > 0) {
        blocks.add(bin, pairs.ordered(bin), pairs.count(bin));
      }
    }
    return new IsotonicFit(blocks.shares());
  }

  /** The calibrated probability of a logit. */
  double apply(double logit) {
    return byBin[LogitHistogram.binOf(logit)];
  }

  /** Runs of bins with one share each, rising. */
  private static final class Blocks {

    private final int[] starts = new int[LogitHistogram.BINS];
    private final long[] ordered = new long[LogitHistogram.BINS];
    private final long[] counts = new long[LogitHistogram.BINS];
    private int size;

    void add(int bin, long orderedHere, long count) {
      starts[size] = bin;
      ordered[size] = orderedHere;
      counts[size] = count;
      size++;
      while (size > 1 && share(size - 2) >= share(size - 1)) {
        size--;
        ordered[size - 1] += ordered[size];
        counts[size - 1] += counts[size];
      }
    }

    private double share(int block) {
      return (double) ordered[block] / counts[block];
    }

    /** By bin; a bin without pairs has the share of the block below it, the first above it. */
    double[] shares() {
      double[] shares = new double[LogitHistogram.BINS];
      for (int block = 0; block < size; block++) {
        int from = block == 0 ? 0 : starts[block];
        int to = block + 1 < size ? starts[block + 1] : LogitHistogram.BINS;
        Arrays.fill(shares, from, to, share(block));
      }
      return shares;
    }
  }
}
