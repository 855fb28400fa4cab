package org.medcue.serving;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.medcue.serving.ModelLease.Role;

/** What operators see of serving. No label tells of a tenant or a patient. */
@ApplicationScoped
public class ServingMetrics {

  /** Why a prediction was refused. */
  enum Refusal {
    QUEUE_FULL,
    DEADLINE
  }

  private static final String VERSION = "version";

  private final MeterRegistry registry;
  private final MultiGauge bytes;
  private final MultiGauge waiting;
  private final Set<BatchedPredictor> loaded = ConcurrentHashMap.newKeySet();

  /**
   * @param registry takes the figures
   */
  public ServingMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.bytes =
        MultiGauge.builder("medcue.model.memory")
            .description("Native memory of a loaded version")
            .baseUnit("bytes")
            .register(registry);
    this.waiting =
        MultiGauge.builder("medcue.predictions.waiting")
            .description("Predictions that wait for a pass")
            .register(registry);
    Gauge.builder("medcue.process.resident", ResidentMemory::bytes)
        .description("Resident memory of the process")
        .baseUnit("bytes")
        .register(registry);
  }

  void predicted(String version, Role role, Duration time) {
    Timer.builder("medcue.predictions")
        .description("Predictions with their wait")
        .tags(VERSION, version, "role", role.name().toLowerCase(Locale.ROOT))
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofSeconds(10))
        .register(registry)
        .record(time);
  }

  void pass(String version, int patients) {
    DistributionSummary.builder("medcue.predictions.batch")
        .description("Patients in one pass of the network")
        .tags(VERSION, version)
        .register(registry)
        .record(patients);
  }

  void refused(Refusal reason) {
    registry
        .counter(
            "medcue.predictions.refused",
            "reason",
            reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .increment();
  }

  void failed(String version) {
    registry.counter("medcue.predictions.failed", VERSION, version).increment();
  }

  void swapped(String model, boolean done) {
    registry
        .counter("medcue.swaps", "model", model, "outcome", done ? "done" : "failed")
        .increment();
  }

  void computesOn(String device) {
    registry.gauge("medcue.device", Tags.of("device", device), 1);
  }

  void loaded(BatchedPredictor predictor) {
    loaded.add(predictor);
    report();
  }

  void closed(BatchedPredictor predictor) {
    loaded.remove(predictor);
    report();
  }

  private synchronized void report() {
    bytes.register(
        loaded.stream().map(p -> MultiGauge.Row.of(tags(p), p.nativeBytes())).toList(), true);
    waiting.register(
        loaded.stream().map(p -> MultiGauge.Row.of(tags(p), p, BatchedPredictor::waiting)).toList(),
        true);
  }

  private static Tags tags(BatchedPredictor predictor) {
    return Tags.of(VERSION, predictor.version());
  }
}
