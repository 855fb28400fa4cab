package org.medcue.fhir;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an Encounter.
 *
 * @param id its id
 * @param visited whether its status says that it took place or takes place
 * @param open whether its status says that the patient is there
 * @param start when it began, null if unknown
 * @param end the first moment after it, null if it has no end
 * @param reasons codes of its reasons
 * @param diagnoses codes of its contained diagnoses
 * @param reasonIds the Conditions that it names as reasons
 * @param diagnosisIds the Conditions that it names as diagnoses
 */
record EncounterFact(
    String id,
    boolean visited,
    boolean open,
    @Nullable Instant start,
    @Nullable Instant end,
    ClinicalCodes reasons,
    ClinicalCodes diagnoses,
    List<String> reasonIds,
    List<String> diagnosisIds) {

  /** Whether the patient is in it now; without an end it lasts as long as its status says so. */
  boolean runsAt(Instant now) {
    return open && start != null && !start.isAfter(now) && (end == null || end.isAfter(now));
  }

  /** Whether a time falls into it; without an end it covers the day (UTC) on which it began. */
  boolean covers(TimeSpan time) {
    if (!visited || start == null) {
      return false;
    }
    if (end != null && end.isAfter(start)) {
      return new TimeSpan(start, end).overlaps(time);
    }
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    return new TimeSpan(
            day.atStartOfDay().toInstant(ZoneOffset.UTC),
            day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC))
        .overlaps(time);
  }
}
