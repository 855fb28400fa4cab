package org.medcue.recommendation.drift;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Counts that are not stored yet. They take no more room than the bins of a profile, for each
 * version and day that the store is away. Thread-safe.
 */
final class DriftCounts {

  private SortedMap<DriftKey, Long> waiting = new TreeMap<>();

  synchronized void add(LocalDate day, DriftSample sample) {
    sample
        .counts()
        .forEach(
            (cell, count) ->
                waiting.merge(
                    new DriftKey(sample.model(), sample.version(), day, cell), count, Long::sum));
  }

  /**
   * Has everything stored that was added until now; nobody who adds waits for it.
   *
   * @param store takes all or throws, and then it is kept for the next time
   */
  void flush(Consumer<? super SortedMap<DriftKey, Long>> store) {
    SortedMap<DriftKey, Long> taken = take();
    if (taken.isEmpty()) {
      return;
    }
    try {
      store.accept(Collections.unmodifiableSortedMap(taken));
    } catch (RuntimeException e) {
      putBack(taken);
      throw e;
    }
  }

  private synchronized SortedMap<DriftKey, Long> take() {
    SortedMap<DriftKey, Long> taken = waiting;
    waiting = new TreeMap<>();
    return taken;
  }

  private synchronized void putBack(SortedMap<DriftKey, Long> taken) {
    taken.forEach((key, count) -> waiting.merge(key, count, Long::sum));
  }
}
