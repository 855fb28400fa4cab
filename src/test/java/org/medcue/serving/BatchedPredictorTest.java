package org.medcue.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medcue.platform.RequestRefusedException;
import org.medcue.serving.BatchedPredictor.Settings;

@Timeout(30)
class BatchedPredictorTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final GatedPredictor network = new GatedPredictor();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ServingMetrics metrics = new ServingMetrics(meters);
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private BatchedPredictor batched = batched(16, 64, LONG);

  private BatchedPredictor batched(int size, int queue, Duration deadline) {
    return batched(new Settings(size, queue, Duration.ZERO, 1, deadline));
  }

  private BatchedPredictor batched(Settings settings) {
    return new BatchedPredictor(network, "m/1", settings, metrics);
  }

  @AfterEach
  void close() {
    network.gate.release(1000);
    network.afterClosing = () -> {};
    batched.close();
    clients.shutdownNow();
  }

  private CompletableFuture<String> ask(String patient) {
    return CompletableFuture.supplyAsync(
        () -> batched.predict(GatedPredictor.patient(patient)).ranked().get(0).drug().value(),
        clients);
  }

  /** Asks one after the other, so that they wait in this order behind one that is computed. */
  private List<CompletableFuture<String>> askBehindAnother(String... patients) {
    CompletableFuture<String> first = ask("1");
    until(() -> network.computing);
    List<CompletableFuture<String>> asked = new ArrayList<>(List.of(first));
    for (String patient : patients) {
      int before = batched.waiting();
      asked.add(ask(patient));
      until(() -> batched.waiting() == before + 1);
    }
    return asked;
  }

  private static void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      assertThat(Thread.interrupted()).as("timed out").isFalse();
      Thread.onSpinWait();
    }
  }

  private static List<String> answers(List<CompletableFuture<String>> asked) {
    return asked.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void whoAsksWhileTheNetworkIsBusySharesTheNextPass() {
    List<CompletableFuture<String>> asked = askBehindAnother("2", "3", "4", "5");

    network.gate.release(2);

    assertThat(answers(asked)).containsExactly("1", "2", "3", "4", "5");
    assertThat(network.passes).containsExactly(List.of("1"), List.of("2", "3", "4", "5"));
    assertThat(meters.get("medcue.predictions.batch").summary().max()).isEqualTo(4);
  }

  @Test
  void passTakesNoMoreThanItsSize() {
    batched.close();
    batched = batched(2, 64, LONG);
    List<CompletableFuture<String>> asked = askBehindAnother("2", "3", "4");

    network.gate.release(3);

    assertThat(answers(asked)).containsExactly("1", "2", "3", "4");
    assertThat(network.passes).containsExactly(List.of("1"), List.of("2", "3"), List.of("4"));
  }

  @Test
  void whatCannotBeComputedFailsAlone() {
    List<CompletableFuture<String>> asked = askBehindAnother("2", GatedPredictor.BAD, "4");

    network.gate.release(5);

    assertThat(asked.get(1).join()).isEqualTo("2");
    assertThatThrownBy(() -> asked.get(2).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(asked.get(3).join()).isEqualTo("4");
    assertThat(failures()).isEqualTo(1);
  }

  private double failures() {
    return meters.get("medcue.predictions.failed").tag("version", "m/1").counter().count();
  }

  @Test
  void failureWithoutBatchingIsCountedToo() {
    batched.close();
    batched = batched(1, 64, LONG);
    network.gate.release();

    assertThatThrownBy(() -> batched.predict(GatedPredictor.patient(GatedPredictor.BAD)))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(failures()).isEqualTo(1);
  }

  @Test
  void oneMoreThanMayWaitIsRefusedAtOnce() {
    batched.close();
    batched = batched(16, 2, LONG);
    List<CompletableFuture<String>> asked = askBehindAnother("2", "3");

    assertThatThrownBy(() -> batched.predict(GatedPredictor.patient("4")))
        .isInstanceOfSatisfying(
            RequestRefusedException.class, refused -> assertThat(refused.status()).isEqualTo(503))
        .hasMessageContaining("too many predictions wait");

    network.gate.release(2);
    assertThat(answers(asked)).containsExactly("1", "2", "3");
    assertThat(refusals("queue-full")).isEqualTo(1);
  }

  @Test
  void whatWaitedForTooLongIsRefusedAndNotComputed() {
    batched.close();
    batched = batched(16, 64, Duration.ofNanos(1));
    network.gate.release(100);

    assertThatThrownBy(() -> batched.predict(GatedPredictor.patient("2")))
        .isInstanceOf(RequestRefusedException.class)
        .hasMessageContaining("no prediction within the deadline");

    batched.close();
    assertThat(network.passes).isEmpty();
    assertThat(refusals("deadline")).isEqualTo(1);
  }

  @Test
  void batchesOfOneAreComputedByThoseWhoAsk() {
    batched.close();
    batched = batched(1, 64, LONG);
    network.gate.release(1);

    assertThat(batched.predict(GatedPredictor.patient("7")).ranked()).hasSize(1);
  }

  @Test
  void closingWaitsForThePassThatIsUnderWay() {
    CompletableFuture<String> asked = ask("1");
    until(() -> network.computing);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(batched::close, clients);
    assertThat(network.closed).isFalse();

    network.gate.release(1);

    closing.join();
    assertThat(asked.join()).isEqualTo("1");
    assertThat(network.closed).isTrue();
    assertThat(network.closedWhileComputing).isFalse();
  }

  @Test
  void workersShareThoseWhoWait() {
    batched.close();
    batched = batched(new Settings(16, 64, Duration.ZERO, 2, LONG));
    List<CompletableFuture<String>> asked = new ArrayList<>();
    for (String busy : List.of("1", "2")) {
      asked.add(ask(busy));
      until(() -> network.passes.size() == asked.size());
    }
    for (String waits : List.of("3", "4", "5", "6")) {
      asked.add(ask(waits));
      until(() -> batched.waiting() == asked.size() - 2);
    }

    network.gate.release(1);
    until(() -> network.passes.size() == 3);

    assertThat(network.passes.get(2)).containsExactly("3", "4");
    network.gate.release(1000);
    assertThat(answers(asked)).containsExactly("1", "2", "3", "4", "5", "6");
  }

  @Test
  void versionIsLoadedWhileAnotherOneIsFreed() {
    GatedPredictor other = new GatedPredictor();
    network.afterClosing =
        () -> {
          network.freed = true;
          new BatchedPredictor(other, "m/2", new Settings(16, 64, Duration.ZERO, 1, LONG), metrics);
        };

    batched.close();

    assertThat(meters.get("medcue.model.memory").gauges())
        .singleElement()
        .matches(gauge -> "m/2".equals(gauge.getId().getTag("version")))
        .matches(gauge -> gauge.value() == 1_000);
  }

  private double refusals(String reason) {
    return meters.get("medcue.predictions.refused").tag("reason", reason).counter().count();
  }
}
