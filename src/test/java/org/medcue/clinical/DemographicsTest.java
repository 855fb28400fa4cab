package org.medcue.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemographicsTest {

  @ParameterizedTest
  @CsvSource({
    "2020-06-14T23:59:59Z, 69",
    "2020-06-15T00:00:00Z, 70",
    "2021-06-14T12:00:00Z, 70",
    "1950-06-15T00:00:00Z, 0",
    "1950-06-14T23:00:00Z, 0"
  })
  void ageCountsCompletedYears(String time, int age) {
    assertThat(born("1950-06-15").ageAt(Instant.parse(time))).hasValue(age);
  }

  @Test
  void aVisitLongBeforeBirthHasNoAge() {
    assertThat(born("1950-06-15").ageAt(Instant.parse("1949-06-01T00:00:00Z"))).isEmpty();
  }

  @Test
  void leapDayBirthdaysFallOnTheFirstOfMarch() {
    Demographics patient = born("2000-02-29");

    assertThat(patient.ageAt(Instant.parse("2021-02-28T12:00:00Z"))).hasValue(20);
    assertThat(patient.ageAt(Instant.parse("2021-03-01T12:00:00Z"))).hasValue(21);
  }

  @Test
  void withoutBirthDateThereIsNoAge() {
    assertThat(Demographics.UNKNOWN.ageAt(Instant.parse("2020-01-01T00:00:00Z"))).isEmpty();
  }

  private static Demographics born(String date) {
    return new Demographics(Optional.of(LocalDate.parse(date)), AdministrativeGender.FEMALE);
  }
}
