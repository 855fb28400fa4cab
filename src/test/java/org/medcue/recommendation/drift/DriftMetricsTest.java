package org.medcue.recommendation.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medcue.recommendation.drift.DriftReport.Unknown;

class DriftMetricsTest {

  /** What README tells operators to watch. */
  private static final double ALARM = 0.25;

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final DriftMetrics metrics = new DriftMetrics(meters);

  private void show(double index, double byChance) {
    FieldDrift field =
        new FieldDrift(
            DriftField.CODE,
            1_000,
            Optional.of(index),
            Optional.of(byChance),
            Verdict.of(index, byChance),
            List.of());
    metrics.show(
        Map.of(
            "mrkpa/2.1.0",
            new DriftReport(100, List.of(field), new Unknown(0, Optional.empty(), 0, 0))));
  }

  private double shown() {
    return meters.get("medcue.drift.index").gauge().value();
  }

  @Test
  void alarmAgreesWithTheVerdict() {
    double byChance = 0.08;
    for (double index = 0; index < 0.5; index += 0.01) {
      show(index, byChance);

      assertThat(shown() > ALARM)
          .as("index %s", index)
          .isEqualTo(Verdict.of(index, byChance) == Verdict.SHIFTED);
    }
  }

  @Test
  void whatChanceGivesIsNotShown() {
    show(0.3, 0.08);
    assertThat(shown()).isCloseTo(0.22, within(1e-9));

    show(0.05, 0.08);
    assertThat(shown()).isZero();
  }

  @Test
  void indexOfTooFewIsNotShown() {
    show(3, 1);

    assertThat(meters.find("medcue.drift.index").gauges()).extracting(Gauge::value).isEmpty();
  }
}
