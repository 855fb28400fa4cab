package org.medcue.training.evaluation;

import java.util.Arrays;
import java.util.Random;

/** A mean over visits with its 95 % interval; drawn are patients, whose visits are alike. */
final class Bootstrap {

  private static final int DRAWS = 1000;
  private static final long SEED = 20221219;

  /**
   * @param low 2.5th percentile of the drawn means
   * @param high 97.5th percentile
   */
  record Interval(double mean, double low, double high) {}

  private Bootstrap() {}

  /**
   * @param sums for each patient the sum over visits
   * @param counts for each patient the number of visits, at least 1
   * @return all zero without patients
   */
  static Interval mean(double[] sums, int[] counts) {
    if (sums.length == 0) {
      return new Interval(0, 0, 0);
    }
    Random random = new Random(SEED);
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
    return new Interval(
        Arrays.stream(sums).sum() / Arrays.stream(counts).sum(),
        means[(int) (0.025 * DRAWS)],
        means[(int) (0.975 * DRAWS) - 1]);
  }
}
