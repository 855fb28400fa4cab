package org.medcue.training.fitting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.AdministrativeGender;
import org.medcue.clinical.Demographics;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.clinical.Visits;

/** Who was learned from, in words. */
class CohortFiguresTest {

  /**
   * Of fourteen patients some of known age at the last visit, the first a man, the others women.
   */
  static CohortFigures figures(int known, int age) {
    List<PatientRecord> patients = new ArrayList<>();
    Map<String, Demographics> demographics = new HashMap<>();
    for (int i = 0; i < 14; i++) {
      patients.add(new PatientRecord("p" + i, List.of(visit("2019-06-01"), visit("2020-06-01"))));
      if (i < known) {
        demographics.put(
            "p" + i,
            new Demographics(
                Optional.of(LocalDate.of(2020 - age, 1, 1)),
                i == 0 ? AdministrativeGender.MALE : AdministrativeGender.FEMALE));
      }
    }
    return CohortFigures.of(patients, demographics);
  }

  private static Visit visit(String day) {
    return Visits.of(
        day, Instant.parse(day + "T08:00:00Z"), Set.of(), Set.of(), Set.of(), Set.of());
  }

  @Test
  void figuresOfTheCohortHideSmallCounts() {
    CohortFigures figures = figures(12, 40);

    assertThat(figures.who())
        .isEqualTo(
            "14 patients; aged 40 at the last visit in the median (quartiles 40 and 40), not known"
                + " of fewer than 10; female 11 (79 %), male fewer than 10, sex not known of fewer"
                + " than 10");
    assertThat(figures.visitsInWords())
        .isEqualTo("visits from 2019 to 2020, 2 of a patient in the median (quartiles 2 and 2)");
    assertThat(figures(0, 40).who()).isEqualTo("14 patients; ages not known; sex not known");
  }
}
