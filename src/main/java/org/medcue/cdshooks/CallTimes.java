package org.medcue.cdshooks;

import java.time.Duration;
import org.medcue.fhir.Deadline;

/**
 * When a hook call came and when its turn came, by {@link System#nanoTime()}. Whoever had to wait
 * for a place, or sends slowly, has the whole of the budget then: an answer without the allergies
 * would be sooner, and worse.
 *
 * @param arrivedNanos what the latency in the log counts from
 * @param begunNanos when the call took its place, which is what its budget counts from
 */
record CallTimes(long arrivedNanos, long begunNanos) {

  /** Of a call that arrived then and begins now. */
  static CallTimes begun(long arrivedNanos) {
    return new CallTimes(arrivedNanos, System.nanoTime());
  }

  /** How long ago it arrived. */
  Duration sinceArrival() {
    return Duration.ofNanos(System.nanoTime() - arrivedNanos);
  }

  /** The end of a budget. */
  Deadline within(Duration budget) {
    return new Deadline(begunNanos + budget.toNanos());
  }
}
