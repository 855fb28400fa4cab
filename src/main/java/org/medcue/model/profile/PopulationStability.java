package org.medcue.model.profile;

import java.util.Arrays;

/**
 * How far a population has moved from the one that a model was built on.
 *
 * <p>The population stability index of credit scoring (N. Siddiqi, <i>Credit Risk Scorecards</i>,
 * Wiley 2006, chapter 9): the sum over bins of (actual − expected) · ln(actual / expected), which
 * is the Kullback–Leibler divergence both ways. As it is usually read, below {@link #STABLE}
 * nothing has changed, up to {@link #SHIFTED} something may have, and above that the population is
 * another.
 *
 * <p>Chance alone makes it about {@link #byChance}, however stable the population (B. Yurdakul and
 * J. Naranjo, "Statistical properties of the population stability index", Journal of Risk Model
 * Validation 14 (2020)): with fifty bins a hundred observations tell nothing. Codes of one patient
 * come together, so even that is too small for few patients with many visits.
 */
public final class PopulationStability {

  /** Below this, stable. */
  public static final double STABLE = 0.1;

  /** Above this, shifted. */
  public static final double SHIFTED = 0.25;

  /** An empty bin counts as a share of this size: the logarithm of nothing is not finite. */
  private static final double LEAST = 1e-4;

  private PopulationStability() {}

  /**
   * The index.
   *
   * @param expected counts or shares by bin, such as those of the training data
   * @param actual counts or shares of the same bins
   * @return 0 or more; 0 where the shares are the same
   * @throws IllegalArgumentException if the numbers of bins differ, a count is negative, or all of
   *     one side are 0
   */
  public static double populationStability(double[] expected, double[] actual) {
    if (expected.length != actual.length) {
      throw new IllegalArgumentException(
          expected.length + " bins cannot be compared with " + actual.length);
    }
    double allExpected = sum(expected);
    double allActual = sum(actual);
    double index = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      index += part(expected[bin] / allExpected, actual[bin] / allActual);
    }
    return index;
  }

  /**
   * What one bin adds to the index.
   *
   * @param expected its share of the one population, 0 to 1
   * @param actual its share of the other
   */
  public static double part(double expected, double actual) {
    double was = Math.max(LEAST, expected);
    double is = Math.max(LEAST, actual);
    return (is - was) * Math.log(is / was);
  }

  private static double sum(double[] counts) {
    double sum = Arrays.stream(counts).sum();
    if (Arrays.stream(counts).anyMatch(count -> !(count >= 0)) || !(sum > 0)) {
      throw new IllegalArgumentException("shares need counts of 0 or more, and one above 0");
    }
    return sum;
  }

  /**
   * The index to be expected of two samples of one population, (bins − 1) · (1/n + 1/m).
   *
   * @param bins that are not empty in the population
   * @param expected observations of one sample
   * @param actual observations of the other
   */
  public static double byChance(int bins, long expected, long actual) {
    return Math.max(0, bins - 1) * (1.0 / expected + 1.0 / actual);
  }
}
