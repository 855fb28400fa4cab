package org.medcue.training.evaluation;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A mean over visits with its 95 % interval; drawn are patients, whose visits are alike. Of
 * dialogues each is a patient's only visit.
 */
public final class Bootstrap {

  private static final int DRAWS = 1000;
  private static final long SEED = 20221219;

  /**
   * @param low 2.5th percentile of the drawn means
   * @param high 97.5th percentile
   */
  public record Interval(double mean, double low, double high) {}

  private Bootstrap() {}

  /**
   * The ratio of two sums: a mean over visits, or a micro-averaged score.
   *
   * @param sums for each patient the sum over visits
   * @param counts for each patient the number of visits, or what else divides; at least 1
   * @return all zero without patients
   */
  public static Interval mean(double[] sums, int[] counts) {
    return difference(sums, counts, new double[sums.length], counts);
  }

  /**
   * The difference of two such ratios over the same patients, who are drawn for both at once.
   *
   * @return all zero without patients
   */
  static Interval difference(double[] sums, int[] counts, double[] otherSums, int[] otherCounts) {
    int patients = sums.length;
    if (patients == 0) {
      return new Interval(0, 0, 0);
    }
    int[] everybody = IntStream.range(0, patients).toArray();
    Random random = new Random(SEED);
    double[] differences = new double[DRAWS];
    int[] drawn = new int[patients];
    for (int draw = 0; draw < DRAWS; draw++) {
      Arrays.setAll(drawn, i -> random.nextInt(patients));
      differences[draw] = ratio(sums, counts, drawn) - ratio(otherSums, otherCounts, drawn);
    }
    Arrays.sort(differences);
    return new Interval(
        ratio(sums, counts, everybody) - ratio(otherSums, otherCounts, everybody),
        differences[(int) (0.025 * DRAWS)],
        differences[(int) (0.975 * DRAWS) - 1]);
  }

  private static double ratio(double[] sums, int[] counts, int[] patients) {
    double sum = 0;
    long count = 0;
    for (int patient : patients) {
      sum += sums[patient];
      count += counts[patient];
    }
    return sum / count;
  }
}
