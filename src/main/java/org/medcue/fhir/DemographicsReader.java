package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import org.medcue.clinical.AdministrativeGender;
import org.medcue.clinical.Demographics;

/**
 * Reads birth date and sex of a Patient. Both stay outside {@link FhirJson}'s list of elements, by
 * which a prefetch is read: what only reports need must not reach a hook call.
 */
final class DemographicsReader {

  private static final int MIDDLE_OF_MONTH = 15;
  private static final int MIDDLE_OF_YEAR = 7;

  private DemographicsReader() {}

  /** What cannot be read counts as not stated. */
  static Demographics read(JsonNode patient) {
    return new Demographics(
        birthDate(patient.path("birthDate").asText("").strip()),
        gender(patient.path("gender").asText("")));
  }

  private static Optional<LocalDate> birthDate(String text) {
    try {
      return switch (text.length()) {
        case 4 -> Optional.of(Year.parse(text).atMonth(MIDDLE_OF_YEAR).atDay(1));
        case 7 -> Optional.of(YearMonth.parse(text).atDay(MIDDLE_OF_MONTH));
        case 10 -> Optional.of(LocalDate.parse(text));
        default -> Optional.empty();
      };
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static AdministrativeGender gender(String code) {
    return switch (code.strip().toLowerCase(Locale.ROOT)) {
      case "female" -> AdministrativeGender.FEMALE;
      case "male" -> AdministrativeGender.MALE;
      case "other" -> AdministrativeGender.OTHER;
      default -> AdministrativeGender.UNKNOWN;
    };
  }
}
