package org.medcue.training.evaluation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medcue.clinical.AdministrativeGender;
import org.medcue.clinical.Demographics;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;

/** Age and sex of a cohort's patients at their visits, for results by group alone. */
public final class CohortSubjects implements VisitSubject.Source {

  private final Map<String, Demographics> demographics;

  /**
   * @param demographics by patient identifier; who is absent is not known
   */
  public CohortSubjects(Map<String, Demographics> demographics) {
    this.demographics = demographics;
  }

  @Override
  public VisitSubject at(PatientRecord patient, Visit visit) {
    Demographics known = demographics.getOrDefault(patient.patientId(), Demographics.UNKNOWN);
    Optional<String> sex =
        Optional.of(known.gender())
            .filter(gender -> gender != AdministrativeGender.UNKNOWN)
            .map(gender -> gender.name().toLowerCase(Locale.ROOT));
    return new VisitSubject(known.ageAt(visit.start()), sex);
  }
}
