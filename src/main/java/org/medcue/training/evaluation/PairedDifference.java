package org.medcue.training.evaluation;

import java.util.Locale;

/**
 * The mean difference between two systems over the same visits, with a bootstrap interval over
 * patients: the visits of one patient are alike, so patients are what is drawn.
 *
 * @param mean difference of the means
 * @param low 2.5th percentile of the bootstrap
 * @param high 97.5th percentile
 */
public record PairedDifference(double mean, double low, double high) {

  /**
   * @param sums for each patient the sum over visits of the difference
   * @param counts for each patient the number of visits
   */
  static PairedDifference of(double[] sums, int[] counts) {
    return of(Bootstrap.mean(sums, counts));
  }

  static PairedDifference of(Bootstrap.Interval interval) {
    return new PairedDifference(interval.mean(), interval.low(), interval.high());
  }

  /**
   * The difference and its interval for a person.
   *
   * @param digits after the point
   */
  public String describe(int digits) {
    return signed(mean, digits)
        + " (95 % interval over patients "
        + signed(low, digits)
        + " to "
        + signed(high, digits)
        + ")";
  }

  /** The difference and its interval without words, for a table that says what they are. */
  public String brief(int digits) {
    return signed(mean, digits) + " (" + signed(low, digits) + " to " + signed(high, digits) + ")";
  }

  /** What rounds to zero has no sign: "-0.000" would read as a loss. */
  private static String signed(double value, int digits) {
    String text = String.format(Locale.ROOT, "%+." + digits + "f", value);
    return Double.parseDouble(text) == 0 ? text.substring(1) : text;
  }

  /** Whether the interval leaves zero out: one system is better, not merely ahead by luck. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }
}
