package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.medcue.platform.RequestRefusedException;

class CallsAtOnceTest {

  private final CallsAtOnce calls = new CallsAtOnce(1, Duration.ZERO);

  @Test
  void whereEveryPlaceIsTakenACallIsRefusedAndToldToComeBack() {
    assertThatThrownBy(() -> calls.answer(() -> calls.answer(() -> "second")))
        .isInstanceOfSatisfying(
            RequestRefusedException.class, refused -> assertThat(refused.status()).isEqualTo(503))
        .hasMessageContaining("again");
  }

  @Test
  void aPlaceIsFreeAgainAfterAnAnswerAndAfterAFailure() {
    assertThat(calls.answer(() -> "first")).isEqualTo("first");
    assertThatThrownBy(
            () ->
                calls.answer(
                    () -> {
                      throw new IllegalStateException("failed");
                    }))
        .hasMessage("failed");

    assertThat(calls.answer(() -> "third")).isEqualTo("third");
  }
}
