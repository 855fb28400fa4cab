package org.medcue.fhir;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a Condition.
 *
 * @param id its id, null if it has none
 * @param encounterId the Encounter in which it was recorded, null if it names none
 * @param codes what it is
 * @param onset when it began, null if unknown
 * @param abatement when it ended, null if it did not or the date is unknown
 * @param endedToday whether the chart says, without a date, that it is over by now
 */
record ConditionFact(
    @Nullable String id,
    @Nullable String encounterId,
    ClinicalCodes codes,
    @Nullable Instant onset,
    @Nullable Instant abatement,
    boolean endedToday) {

  /** Whether it was active at a past time: by its dates alone. */
  boolean activeAt(Instant time) {
    return onset != null && !onset.isAfter(time) && endsAfter(time);
  }

  /** Whether it is active now: here the chart's word for today counts, and a date is not needed. */
  boolean activeNow(Instant now) {
    return !endedToday && endsAfter(now) && (onset == null || !onset.isAfter(now));
  }

  private boolean endsAfter(Instant time) {
    return abatement == null || abatement.isAfter(time);
  }
}
