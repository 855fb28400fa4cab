package org.medcue.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {

  @Test
  void meanIsOverVisitsNotPatients() {
    PairedDifference difference = PairedDifference.of(new double[] {3.0, -0.5}, new int[] {9, 1});

    assertThat(difference.mean()).isCloseTo(0.25, within(1e-12));
    // Only three samples of two patients are possible: the best, the worst, both.
    assertThat(difference.low()).isCloseTo(-0.5, within(1e-12));
    assertThat(difference.high()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void equalDifferencesHaveNoSpread() {
    double[] sums = new double[20];
    int[] counts = new int[20];
    Arrays.fill(sums, 0.2);
    Arrays.fill(counts, 2);

    PairedDifference difference = PairedDifference.of(sums, counts);

    assertThat(difference.low()).isCloseTo(0.1, within(1e-12));
    assertThat(difference.high()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void intervalNarrowsWithThePatients() {
    PairedDifference few = alternating(10);
    PairedDifference many = alternating(1000);

    assertThat(few.low()).isLessThan(many.low());
    assertThat(few.high()).isGreaterThan(many.high());
    // The mean of 1000 fair ±1 draws has a deviation of 0.0316: 95 % within ±0.062.
    assertThat(many.high()).isCloseTo(0.062, within(0.012));
    assertThat(many.low()).isCloseTo(-0.062, within(0.012));
  }

  private static PairedDifference alternating(int patients) {
    double[] sums = new double[patients];
    int[] counts = new int[patients];
    for (int i = 0; i < patients; i++) {
      sums[i] = i % 2 == 0 ? 1 : -1;
      counts[i] = 1;
    }
    return PairedDifference.of(sums, counts);
  }

  @Test
  void nobodyMeansNoDifference() {
    assertThat(PairedDifference.of(new double[0], new int[0]))
        .isEqualTo(new PairedDifference(0, 0, 0));
  }

  @Test
  void whatRoundsToZeroHasNoSign() {
    assertThat(new PairedDifference(-0.00001, -0.25, 0.00001).describe(3))
        .isEqualTo("0.000 (95 % interval over patients -0.250 to 0.000)");
    assertThat(new PairedDifference(0.1796, 0.136, 0.2599).describe(4))
        .isEqualTo("+0.1796 (95 % interval over patients +0.1360 to +0.2599)");
  }
}
