package org.medcue.training;

import java.util.Arrays;
import java.util.Random;

/**
 * The mean difference over visits between two systems, with a bootstrap interval over patients: the
 * visits of one patient are alike, so patients are what is drawn.
 *
 * @param mean difference of the means
 * @param low 2.5th percentile of the bootstrap
 * @param high 97.5th percentile
 */
public record PairedDifference(double mean, double low, double high) {

  private static final int DRAWS = 1000;

  /**
   * @param sums for each patient the sum over visits of the difference
   * @param counts for each patient the number of visits
   */
  static PairedDifference of(double[] sums, int[] counts) {
    if (sums.length == 0) {
      return new PairedDifference(0, 0, 0);
    }
    Random random = new Random(20221219);
    double[] means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      long count = 0;
      for (int i = 0; i < sums.length; i++) {
        int patient = random.nextInt(sums.length);
        sum += sums[patient];
        count += counts[patient];
      }
      means[draw] = sum / count;
    }
    Arrays.sort(means);
    return new PairedDifference(
        Arrays.stream(sums).sum() / Arrays.stream(counts).sum(),
        means[(int) (0.025 * DRAWS)],
        means[(int) (0.975 * DRAWS) - 1]);
  }
}
