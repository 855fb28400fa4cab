package org.medcue.model.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.medcue.model.profile.PopulationStability.populationStability;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PopulationStabilityTest {

  @Test
  void samePopulationIsStableWhateverItsSize() {
    assertThat(populationStability(new double[] {0.2, 0.3, 0.5}, new double[] {20, 30, 50}))
        .isCloseTo(0, within(1e-12));
  }

  /** (0.7 - 0.5) ln(0.7 / 0.5) + (0.3 - 0.5) ln(0.3 / 0.5) */
  @Test
  void indexIsThatOfTheBooks() {
    double index = populationStability(new double[] {0.5, 0.5}, new double[] {7, 3});

    assertThat(index).isCloseTo(0.2 * Math.log(7.0 / 3), within(1e-12));
    assertThat(index).isBetween(PopulationStability.STABLE, PopulationStability.SHIFTED);
    assertThat(populationStability(new double[] {7, 3}, new double[] {0.5, 0.5}))
        .isCloseTo(index, within(1e-12));
  }

  @Test
  void emptyBinsGiveAFiniteNumber() {
    assertThat(populationStability(new double[] {0.5, 0.5, 0}, new double[] {0, 0, 1}))
        .isGreaterThan(PopulationStability.SHIFTED)
        .isLessThan(20);
    assertThat(populationStability(new double[] {1, 0}, new double[] {1, 0})).isZero();
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    double[] some = {1, 2};
    for (double[] bad : new double[][] {{1}, {0, 0}, {1, -1}, {1, Double.NaN}, {}}) {
      assertThatThrownBy(() -> populationStability(some, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void fewObservationsMoveItByChance() {
    assertThat(PopulationStability.byChance(51, 1_000_000, 100)).isCloseTo(0.5, within(1e-3));
    assertThat(PopulationStability.byChance(1, 10, 10)).isZero();
  }

  @Test
  void rareValuesAndNewOnesAreOneBin() {
    Distribution seen =
        Distribution.of(Map.of("a", 50L, "b", 30L, "c", 15L, "d", 5L), v -> !v.equals("b"), 2);

    assertThat(seen.shares())
        .containsExactly(
            Map.entry("a", 0.5), Map.entry("c", 0.15), Map.entry(Distribution.OTHER, 0.35));
    assertThat(seen.binOf("never seen")).isEqualTo(Distribution.OTHER);
    assertThat(seen.stability(Map.of("a", 500L, "c", 150L, "x", 200L, "b", 150L)))
        .isCloseTo(0, within(1e-9));
    assertThat(seen.stability(Map.of("x", 1L))).isGreaterThan(PopulationStability.SHIFTED);
  }
}
