package org.medcue.fhir;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.jspecify.annotations.Nullable;

/**
 * The time that a FHIR date stands for: a year, a month, a day or a moment. Dates without a zone
 * are read as UTC, so that a chart means the same on every machine.
 *
 * @param from its first moment
 * @param until the first moment after it
 */
record TimeSpan(Instant from, Instant until) {

  /** The span of a date, or null where there is none to be read. */
  static @Nullable TimeSpan of(@Nullable BaseDateTimeType date) {
    String text = date == null ? null : date.getValueAsString();
    if (text == null) {
      return null;
    }
    try {
      return parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  static @Nullable Instant startOf(@Nullable BaseDateTimeType date) {
    TimeSpan span = of(date);
    return span == null ? null : span.from();
  }

  private static TimeSpan parse(String text) {
    return switch (text.length()) {
      case 4 -> days(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
      case 7 -> days(YearMonth.parse(text).atDay(1), YearMonth.parse(text).plusMonths(1).atDay(1));
      case 10 -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
      default -> moment(text);
    };
  }

  private static TimeSpan days(LocalDate first, LocalDate after) {
    return new TimeSpan(
        first.atStartOfDay().toInstant(ZoneOffset.UTC),
        after.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  private static TimeSpan moment(String text) {
    boolean zoned = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > 9;
    Instant at =
        zoned
            ? OffsetDateTime.parse(text).toInstant()
            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    return new TimeSpan(at, at.plusNanos(1));
  }

  boolean overlaps(TimeSpan other) {
    return from.isBefore(other.until) && other.from.isBefore(until);
  }
}
