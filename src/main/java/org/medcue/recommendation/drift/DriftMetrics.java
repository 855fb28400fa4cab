package org.medcue.recommendation.drift;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medcue.model.profile.PopulationStability;

/**
 * What operators watch of drift: of all replicas, over the last days. An index is left out where
 * there are too few observations, and told without what chance gives, so that nobody is woken by
 * chance: above {@link PopulationStability#SHIFTED} just where the verdict is {@code shifted}.
 */
@ApplicationScoped
class DriftMetrics {

  private static final String VERSION = "version";

  private final MultiGauge index;
  private final MultiGauge unknown;

  DriftMetrics(MeterRegistry registry) {
    this.index =
        MultiGauge.builder("medcue.drift.index")
            .description(
                "Population stability index of a field against the training profile, less what"
                    + " chance alone gives")
            .register(registry);
    this.unknown =
        MultiGauge.builder("medcue.drift.unknown.share")
            .description("Share of the codes read that the version does not know")
            .register(registry);
  }

  /**
   * Shows these in the place of those before.
   *
   * @param reports by version
   */
  void show(Map<String, DriftReport> reports) {
    List<Row<?>> indices = new ArrayList<>();
    List<Row<?>> shares = new ArrayList<>();
    reports.forEach(
        (version, report) -> {
          report.fields().stream()
              .filter(field -> field.verdict() != Verdict.TOO_FEW)
              .forEach(field -> indices.add(row(version, field)));
          report
              .unknown()
              .share()
              .ifPresent(share -> shares.add(Row.of(Tags.of(VERSION, version), share)));
        });
    index.register(indices, true);
    unknown.register(shares, true);
  }

  private static Row<?> row(String version, FieldDrift field) {
    return Row.of(
        Tags.of(VERSION, version, "field", field.field().code()),
        field.beyondChance().orElseThrow());
  }
}
