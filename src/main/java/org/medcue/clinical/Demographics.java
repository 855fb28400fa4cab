package org.medcue.clinical;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who a patient is, for reporting results by age and sex and for nothing else. It is kept apart
 * from {@link PatientRecord} and {@link Visit} on purpose: no model may take it as an input.
 *
 * @param birthDate date of birth; of a year or a month alone its middle, so that an age is at most
 *     one year off and not older or younger on average
 * @param gender sex as the chart states it
 */
public record Demographics(Optional<LocalDate> birthDate, AdministrativeGender gender) {

  /** Nothing is known. */
  public static final Demographics UNKNOWN =
      new Demographics(Optional.empty(), AdministrativeGender.UNKNOWN);

  /**
   * The age in completed years (UTC): 0 in the year before birth too, since a middle of a year may
   * lie after a newborn's first visit. Empty without date of birth, and for a time a year or more
   * before it, which is an error of the chart.
   */
  public OptionalInt ageAt(Instant time) {
    LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    return birthDate
        .map(born -> Period.between(born, day).getYears())
        .filter(years -> years >= 0)
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }
}
