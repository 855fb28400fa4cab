package org.medcue.model.ddn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinearDrugsTest {

  @Test
  void learnsWhichFeatureCallsForWhichDrug() {
    LinearDrugs drugs = fit(0.1);

    float[] logits = drugs.logits(feature(1));

    assertThat(logits[0]).isNegative();
    assertThat(logits[1]).isPositive();
  }

  @Test
  void drugThatNobodyGotIsImprobable() {
    assertThat(fit(0.1).logits(feature(0))[2]).isLessThan(-2);
  }

  @Test
  void withoutFeaturesEachDrugHasItsFrequency() {
    float half = fit(1e4).logits(new TreeMap<>())[0];

    assertThat(half)
        .as("half of all got it, and features weigh nothing")
        .isCloseTo(0, within(0.1f));
  }

  /** Twenty with feature 0 got drug 0, twenty with feature 1 drug 1, nobody drug 2. */
  private static LinearDrugs fit(double regularisation) {
    List<SortedMap<Integer, Double>> rows = new ArrayList<>();
    List<List<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(feature(i % 2));
      answers.add(List.of(i % 2));
    }
    return LinearDrugs.fit(rows.stream(), 2, answers, 3, regularisation);
  }

  private static SortedMap<Integer, Double> feature(int number) {
    return new TreeMap<>(Map.of(number, 1.0));
  }
}
