package org.medcue.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What several clients saw who each asked again as soon as they were answered.
 *
 * @param millis how long each call took, in any order
 * @param seconds from the first call to the end of the last
 */
record ConcurrentLoad(double[] millis, double seconds) {

  /** A call; it is given its number, from 0. */
  interface Work {
    void call(int number) throws Exception;
  }

  /**
   * Makes some calls by some clients.
   *
   * @throws CommandException as the first call that failed with one
   */
  static ConcurrentLoad run(int clients, int calls, Work work) throws InterruptedException {
    double[] millis = new double[calls];
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    long start = System.nanoTime();
    try {
      var running =
          IntStream.range(0, clients)
              .<Future<?>>mapToObj(i -> threads.submit(() -> client(millis, next, work)))
              .toList();
      for (Future<?> client : running) {
        client.get();
      }
    } catch (ExecutionException e) {
      @Nullable Throwable cause = e.getCause();
      throw cause instanceof CommandException known
          ? known
          : new CommandException("a call failed: " + cause, e);
    } finally {
      threads.shutdownNow();
    }
    return new ConcurrentLoad(millis, (System.nanoTime() - start) / 1e9);
  }

  private static @Nullable Void client(double[] millis, AtomicInteger next, Work work)
      throws Exception {
    for (int i = next.getAndIncrement(); i < millis.length; i = next.getAndIncrement()) {
      long start = System.nanoTime();
      work.call(i);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return null;
  }

  /** Both, one after the other. */
  ConcurrentLoad and(ConcurrentLoad other) {
    return new ConcurrentLoad(
        DoubleStream.concat(Arrays.stream(millis), Arrays.stream(other.millis)).toArray(),
        seconds + other.seconds);
  }

  @Override
  public String toString() {
    return of(1);
  }

  /**
   * The same in words.
   *
   * @param patients of each call
   */
  String of(int patients) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%.0f a second, fastest %.1f ms, median %.1f ms, 95th percentile %.1f ms, 99th %.1f ms,"
            + " slowest %.1f ms of %d",
        patients * sorted.length / seconds,
        sorted[0],
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * 0.95)],
        sorted[(int) (sorted.length * 0.99)],
        sorted[sorted.length - 1],
        sorted.length);
  }
}
