package org.medcue.platform;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads query and path parameters; what cannot be read is a 400 that says what was expected. */
public final class QueryValues {

  private static final int MAX_REASON = 250;

  /** What {@link #isReason} asks for. */
  public static final String REASON =
      "say why, in words of at most " + MAX_REASON + " characters on one line";

  private static final int LAST_YEAR = 9999;

  private QueryValues() {}

  /** A whole number within bounds. */
  public static int number(String name, String text, int min, int max) {
    return (int) number(name, text, (long) min, max);
  }

  /** A whole number within bounds. */
  public static long number(String name, String text, long min, long max) {
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message for both mistakes
    }
    throw new RequestRefusedException(400, name, "must be a number from " + min + " to " + max);
  }

  /** A text that the database can hold: any but one with U+0000. */
  public static String text(String name, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new RequestRefusedException(400, name, "must not hold the character U+0000");
    }
    return text;
  }

  /** As {@link #text}, or none. */
  public static Optional<String> optionalText(String name, @Nullable String text) {
    return Optional.ofNullable(text).map(given -> text(name, given));
  }

  /** Why somebody does something, as the audit trail keeps it. */
  public static String reason(@Nullable String text) {
    if (text == null || !isReason(text)) {
      throw new RequestRefusedException(400, "reason", "must " + REASON);
    }
    return text;
  }

  /** Whether a text says something to whoever reads it in a year, on one line. */
  public static boolean isReason(String text) {
    return text.length() <= MAX_REASON
        && text.codePoints().anyMatch(Character::isLetterOrDigit)
        && text.codePoints().noneMatch(QueryValues::isInvisible);
  }

  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** A UUID. */
  public static UUID uuid(String name, String text) {
    return optional(name, text, UUID::fromString, "a UUID").orElseThrow();
  }

  /** A time that may be absent. */
  public static Optional<Instant> time(String name, @Nullable String text) {
    return optional(name, text, QueryValues::time, "a time such as 2026-11-23T08:00:00Z");
  }

  private static Instant time(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text);
    requireYear(time.getYear());
    return time.toInstant();
  }

  /** A day that may be absent. */
  public static Optional<LocalDate> day(String name, @Nullable String text) {
    return optional(name, text, QueryValues::day, "a day such as 2026-11-23");
  }

  private static LocalDate day(String text) {
    LocalDate day = LocalDate.parse(text);
    requireYear(day.getYear());
    return day;
  }

  private static void requireYear(int year) {
    if (year < 1 || year > LAST_YEAR) {
      throw new IllegalArgumentException("a year that the database cannot hold");
    }
  }

  /** A value that may be absent and is read by a function that throws where it cannot. */
  public static <T> Optional<T> optional(
      String name, @Nullable String text, Function<String, T> read, String form) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(read.apply(text));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new RequestRefusedException(400, name, "must be " + form);
    }
  }
}
