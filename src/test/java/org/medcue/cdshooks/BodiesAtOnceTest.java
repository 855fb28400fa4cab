package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.medcue.platform.JsonBody;
import org.medcue.platform.RequestRefusedException;

class BodiesAtOnceTest {

  private static final int MEGABYTE = 1024 * 1024;

  private final BodiesAtOnce bodies =
      new BodiesAtOnce(new Places("large calls", 1, 0, Duration.ZERO));

  private static InputStream body(int bytes) {
    return new ByteArrayInputStream(new byte[bytes]);
  }

  private int length(InputStream body) {
    return bodies.answer(body, bytes -> bytes.length);
  }

  private static void isRefused(Runnable call, int status) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            RequestRefusedException.class,
            refused -> assertThat(refused.status()).isEqualTo(status));
  }

  @Test
  void bodyIsReadAsItIs() {
    assertThat(length(body(0))).isZero();
    assertThat(length(body(7))).isEqualTo(7);
    assertThat(length(body(9 * MEGABYTE))).isEqualTo(9 * MEGABYTE);
  }

  @Test
  void ofABodyThatIsTooLongNoMoreIsReadThanShowsIt() {
    assertThat(length(body(12 * MEGABYTE))).isEqualTo(JsonBody.MAX_BYTES + 1);
  }

  @Test
  void smallBodiesDoNotWaitForLargeOnes() {
    bodies.answer(
        body(MEGABYTE),
        first -> {
          assertThat(length(body(1_000))).isEqualTo(1_000);
          isRefused(() -> length(body(MEGABYTE)), 503);
          return first.length;
        });
  }

  @Test
  void placeOfALargeBodyIsFreeAgainAfterAFailure() {
    isRefused(
        () ->
            bodies.answer(
                body(MEGABYTE),
                bytes -> {
                  throw new RequestRefusedException(400, "body", "not JSON");
                }),
        400);

    assertThat(length(body(MEGABYTE))).isEqualTo(MEGABYTE);
  }
}
