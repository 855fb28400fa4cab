package org.medcue.cdshooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.medcue.platform.RequestRefusedException;

/**
 * Bounds how many hook calls are answered at once. More than there are processors are no faster
 * together, and each holds its request and the memory of a network.
 */
@ApplicationScoped
class CallsAtOnce {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final Semaphore places;
  private final Duration longestWait;

  @Inject
  CallsAtOnce() {
    this(2 * Runtime.getRuntime().availableProcessors(), LONGEST_WAIT);
  }

  CallsAtOnce(int places, Duration longestWait) {
    this.places = new Semaphore(places, true);
    this.longestWait = longestWait;
  }

  /**
   * Answers when there is a place.
   *
   * @throws RequestRefusedException 503 where there is none for long
   */
  <T> T answer(Supplier<T> call) {
    boolean taken = false;
    try {
      taken = places.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
      if (!taken) {
        throw new RequestRefusedException(
            503, "server", "too many calls at once, send it again in some seconds");
      }
      return call.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestRefusedException(503, "server", "the service ends, send it again later");
    } finally {
      if (taken) {
        places.release();
      }
    }
  }
}
