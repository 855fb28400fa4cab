package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medcue.platform.RequestRefusedException;

@Timeout(30)
class PlacesTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private static void isRefused(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            RequestRefusedException.class, refused -> assertThat(refused.status()).isEqualTo(503))
        .hasMessageContaining("many calls")
        .hasMessageContaining("again");
  }

  @Test
  void whoWaitsForTooLongIsRefused() {
    Places places = new Places("calls", 1, 64, Duration.ofMillis(1));

    places.work(
        () -> {
          isRefused(() -> places.work(() -> "second"));
          return "first";
        });
  }

  @Test
  void someWaitAndOneMoreIsRefusedAtOnceHoweverPatient() throws Exception {
    Places places = new Places("calls", 1, 1, LONG);
    CompletableFuture<String> second =
        places.work(
            () -> {
              CompletableFuture<String> waits =
                  CompletableFuture.supplyAsync(() -> places.work(() -> "second"));
              while (places.waiting() == 0) {
                Thread.onSpinWait();
              }
              isRefused(() -> places.work(() -> "third"));
              return waits;
            });

    assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("second");
    assertThat(places.work(() -> "fourth")).isEqualTo("fourth");
  }

  @Test
  void operatorsSeeWhoWaitsAndHowManyWereRefused() throws Exception {
    MeterRegistry meters = new SimpleMeterRegistry();
    Places places = new Places("large calls", 1, 1, LONG).shownIn(meters);
    CompletableFuture<String> second =
        places.work(
            () -> {
              CompletableFuture<String> waits =
                  CompletableFuture.supplyAsync(() -> places.work(() -> "second"));
              while (places.waiting() == 0) {
                Thread.onSpinWait();
              }
              assertThat(waiting(meters)).isEqualTo(1);
              assertThatThrownBy(() -> places.work(() -> "third"))
                  .isInstanceOf(RequestRefusedException.class);
              return waits;
            });

    second.get(20, TimeUnit.SECONDS);
    assertThat(waiting(meters)).isZero();
    assertThat(meters.get("medcue.calls.refused").functionCounter().count()).isEqualTo(1);
  }

  private static double waiting(MeterRegistry meters) {
    return meters.get("medcue.calls.waiting").tag("places", "large-calls").gauge().value();
  }

  @Test
  void aPlaceIsFreeAgainAfterAFailure() {
    Places places = new Places("calls", 1, 0, LONG);
    assertThatThrownBy(
            () ->
                places.work(
                    () -> {
                      throw new IllegalStateException("failed");
                    }))
        .hasMessage("failed");

    assertThat(places.work(() -> "next")).isEqualTo("next");
  }
}
