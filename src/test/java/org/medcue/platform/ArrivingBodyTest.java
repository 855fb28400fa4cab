package org.medcue.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivingBodyTest {

  private final AtomicLong nanos = new AtomicLong();

  /** One byte a second. */
  private final class Slow extends InputStream {
    private int left;
    private boolean closed;

    Slow(int bytes) {
      left = bytes;
    }

    @Override
    public int read() {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      int next = read();
      bytes[from] = (byte) next;
      return next < 0 ? -1 : 1;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private ArrivingBody body(InputStream sent) {
    return new ArrivingBody(sent, Duration.ofSeconds(10), nanos::get);
  }

  @Test
  void senderThatDripsIsNotWaitedForWithoutEnd() throws IOException {
    assertThat(body(new Slow(9)).readAllBytes()).hasSize(9).containsOnly('x');
    assertThatThrownBy(() -> body(new Slow(1_000)).readAllBytes())
        .isInstanceOfSatisfying(
            RequestRefusedException.class, refused -> assertThat(refused.status()).isEqualTo(408));
  }

  @Test
  void whatItsReaderDoesBetweenDoesNotCount() throws IOException {
    try (ArrivingBody body = body(new Slow(3))) {
      assertThat(body.read()).isEqualTo('x');
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());

      assertThat(body.readAllBytes()).hasSize(2);
    }
  }

  @Test
  void closingDoesNotWaitForTheRest() {
    Slow sent = new Slow(1_000);

    body(sent).close();

    assertThat(sent.closed).isFalse();
  }
}
