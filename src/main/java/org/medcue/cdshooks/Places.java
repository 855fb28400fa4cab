package org.medcue.cdshooks;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.medcue.platform.RequestRefusedException;

/** Does so much at once; some more wait their turn, and whoever comes then is refused at once. */
final class Places {

  private final String what;
  private final Semaphore free;
  private final int mostWaiting;
  private final Duration longestWait;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  /**
   * @param what is done, for the refusal and the metrics
   */
  Places(String what, int atOnce, int mostWaiting, Duration longestWait) {
    if (atOnce < 1 || mostWaiting < 0 || longestWait.isNegative()) {
      throw new IllegalArgumentException(
          "medcue.cds-hooks.calls: at-once is at least 1, waiting and patience are not negative");
    }
    this.what = what;
    this.free = new Semaphore(atOnce, true);
    this.mostWaiting = mostWaiting;
    this.longestWait = longestWait;
  }

  /**
   * Works when there is a place.
   *
   * @throws RequestRefusedException 503 where too many wait already, or there is none for long
   */
  <T> T work(Supplier<T> work) {
    if (!taken()) {
      refused.increment();
      throw new RequestRefusedException(
          503, "server", "too many " + what + " at once, send it again in some seconds");
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }

  /** Lets operators see how many wait and how many were refused. */
  Places shownIn(MeterRegistry meters) {
    String places = what.replace(' ', '-');
    Gauge.builder("medcue.calls.waiting", this, Places::waiting)
        .description("Calls that wait for their turn")
        .tag("places", places)
        .strongReference(true)
        .register(meters);
    FunctionCounter.builder("medcue.calls.refused", refused, LongAdder::doubleValue)
        .description("Calls that were refused since too many waited, or for too long")
        .tag("places", places)
        .register(meters);
    return this;
  }

  /** How many wait. */
  int waiting() {
    return waiting.get();
  }

  private boolean taken() {
    try {
      // With a time it keeps the order, even that of nothing
      if (free.tryAcquire(0, TimeUnit.NANOSECONDS)) {
        return true;
      }
      try {
        return waiting.incrementAndGet() <= mostWaiting
            && free.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
      } finally {
        waiting.decrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestRefusedException(503, "server", "the service ends, send it again later");
    }
  }
}
