package org.medcue.training.evaluation;

import java.util.Optional;
import java.util.OptionalInt;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;

/**
 * Who the patient of a visit is, for results by group; never an input of a model.
 *
 * @param age in completed years at the visit
 * @param sex administrative gender, such as {@code female}
 */
public record VisitSubject(OptionalInt age, Optional<String> sex) {

  /** Nothing is known. */
  public static final VisitSubject UNKNOWN =
      new VisitSubject(OptionalInt.empty(), Optional.empty());

  /** Knows the patients of a cohort. */
  @FunctionalInterface
  public interface Source {

    /** Knows nobody. */
    Source NONE = (patient, visit) -> UNKNOWN;

    /** Who the patient was at the visit. */
    VisitSubject at(PatientRecord patient, Visit visit);
  }
}
