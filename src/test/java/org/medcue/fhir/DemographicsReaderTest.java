package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.clinical.AdministrativeGender.FEMALE;
import static org.medcue.clinical.AdministrativeGender.OTHER;
import static org.medcue.clinical.AdministrativeGender.UNKNOWN;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.Demographics;

class DemographicsReaderTest {

  @Test
  void birthDateAndGenderAreRead() {
    Demographics patient = patient("'birthDate': '1950-06-15', 'gender': 'female'");

    assertThat(patient.birthDate()).contains(LocalDate.of(1950, 6, 15));
    assertThat(patient.gender()).isEqualTo(FEMALE);
  }

  @ParameterizedTest
  @CsvSource({"1950, 1950-07-01", "1950-06, 1950-06-15"})
  void partialDatesStandForTheirMiddle(String text, LocalDate middle) {
    assertThat(patient("'birthDate': '" + text + "'").birthDate()).contains(middle);
  }

  @ParameterizedTest
  @CsvSource({
    "1950, 2020-03-01, 69",
    "1950, 2020-09-01, 70",
    "1950-06, 2020-06-14, 69",
    "1950-06, 2020-06-15, 70",
    "2020, 2020-01-02, 0"
  })
  void agesOfPartialDatesCountFromTheirMiddle(String text, String day, int age) {
    assertThat(patient("'birthDate': '" + text + "'").ageAt(Instant.parse(day + "T10:00:00Z")))
        .hasValue(age);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'birthDate': 'unknown'",
        "'birthDate': '1950-02-30'",
        "'birthDate': '19500615'",
        "'birthDate': ['1950']",
        "'birthDate': null",
        "'gender': 'F'",
        "'gender': {}",
        "'active': true"
      })
  void whatCannotBeReadCountsAsNotStated(String elements) {
    assertThat(patient(elements)).isEqualTo(Demographics.UNKNOWN);
  }

  @Test
  void otherAndUnknownAreToldApart() {
    assertThat(patient("'gender': 'other'").gender()).isEqualTo(OTHER);
    assertThat(patient("'gender': 'unknown'").gender()).isEqualTo(UNKNOWN);
  }

  private static Demographics patient(String elements) {
    return DemographicsReader.read(
        FhirFixtures.json("{'resourceType': 'Patient', 'id': 'p1', " + elements + "}"));
  }
}
