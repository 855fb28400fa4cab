package org.medcue.recommendation;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.medcue.platform.QueryValues;
import org.medcue.platform.RequestRefusedException;
import org.medcue.recommendation.drift.DriftReports;

/**
 * Days in UTC that a report is about.
 *
 * @param first not after the last
 * @param last the last of them, whole
 */
record Days(LocalDate first, LocalDate last) {

  /**
   * Reads query parameters.
   *
   * @param from the first day, such as {@code 2026-11-01}; 29 days before the last one if null
   * @param to the last day; today if null
   * @throws RequestRefusedException 400 where one is no day, or the first is after the last
   */
  static Days of(@Nullable String from, @Nullable String to, Clock clock) {
    LocalDate last =
        QueryValues.day("to", to)
            .orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    LocalDate first =
        QueryValues.day("from", from).orElseGet(() -> last.minusDays(DriftReports.DAYS - 1));
    if (first.isAfter(last)) {
      throw new RequestRefusedException(400, "from", "must not be after the last day, " + last);
    }
    return new Days(first, last);
  }

  /** When they begin. */
  OffsetDateTime begin() {
    return first.atStartOfDay().atOffset(ZoneOffset.UTC);
  }

  /** When they are over. */
  OffsetDateTime end() {
    return last.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC);
  }
}
