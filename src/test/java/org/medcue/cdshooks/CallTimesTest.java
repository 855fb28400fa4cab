package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallTimesTest {

  private static final Duration WAIT = Duration.ofMinutes(5);

  @Test
  void waitForItsTurnCountsForTheLogAndNotForTheBudget() {
    CallTimes times = CallTimes.begun(System.nanoTime() - WAIT.toNanos());

    assertThat(times.sinceArrival()).isGreaterThanOrEqualTo(WAIT);
    assertThat(times.within(WAIT).passed()).isFalse();
    assertThat(times.within(Duration.ZERO).passed()).isTrue();
  }
}
