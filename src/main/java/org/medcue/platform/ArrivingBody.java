package org.medcue.platform;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A body that must arrive in time. Counted is what is spent on waiting for the client, not what its
 * reader does between.
 */
final class ArrivingBody extends InputStream {

  private final InputStream body;
  private final Duration longest;
  private final LongSupplier nanoTime;
  private long nanos;

  /**
   * @param nanoTime as of {@link System#nanoTime()}
   */
  ArrivingBody(InputStream body, Duration longest, LongSupplier nanoTime) {
    this.body = body;
    this.longest = longest;
    this.nanoTime = nanoTime;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * @throws RequestRefusedException 408 where it takes too long
   */
  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    long start = nanoTime.getAsLong();
    int count = body.read(bytes, from, length);
    nanos += nanoTime.getAsLong() - start;
    if (count >= 0 && nanos > longest.toNanos()) {
      throw new RequestRefusedException(
          408, "body", "must arrive within " + longest.toSeconds() + " seconds");
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return body.available();
  }

  /** Does not wait for the rest, as the stream below would. */
  @Override
  public void close() {
    // See UnfinishedRequests
  }
}
