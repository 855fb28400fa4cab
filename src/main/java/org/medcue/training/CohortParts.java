package org.medcue.training;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medcue.clinical.Omission;
import org.medcue.clinical.PatientRecord;
import org.medcue.fhir.CohortReading;

/** A cohort split by patient, each part with something to score. */
public record CohortParts(
    List<PatientRecord> training, List<PatientRecord> validation, List<PatientRecord> test) {

  /**
   * Splits a cohort.
   *
   * @throws TrainingException if it cannot be learned from, saying why in one line
   */
  public static CohortParts of(CohortReading cohort, CohortSplit split) {
    try {
      return of(cohort.patients(), split);
    } catch (TrainingException e) {
      throw new TrainingException(e.getMessage() + notRead(cohort.omissions()));
    }
  }

  /** What could not be read is often why there is nothing to learn from. */
  private static String notRead(List<Omission> omissions) {
    return omissions.isEmpty()
        ? ""
        : omissions.stream()
            .map(
                o ->
                    o.count()
                        + " x "
                        + o.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + " in "
                        + o.subject())
            .collect(Collectors.joining(", ", " (not read: ", ")"));
  }

  private static CohortParts of(List<PatientRecord> patients, CohortSplit split) {
    if (patients.size() < 3) {
      throw new TrainingException(
          "the cohort has "
              + patients.size()
              + (patients.size() == 1 ? " patient" : " patients")
              + " with visits; training, validation and test need at least one each, and many more"
              + " to mean something");
    }
    if (patients.stream().allMatch(p -> p.visits().stream().allMatch(v -> v.drugs().isEmpty()))) {
      throw new TrainingException(
          "the cohort has no drug order that belongs to a visit: export MedicationRequest resources"
              + " with RxNorm or NDC codes and references to their Encounters");
    }
    return new CohortParts(
        part(patients, split, CohortSplit.Part.TRAIN),
        part(patients, split, CohortSplit.Part.VALIDATION),
        part(patients, split, CohortSplit.Part.TEST));
  }

  private static List<PatientRecord> part(
      List<PatientRecord> all, CohortSplit split, CohortSplit.Part part) {
    List<PatientRecord> patients = split.select(all, part);
    boolean scored =
        patients.stream()
            .anyMatch(p -> IntStream.range(0, p.visits().size()).anyMatch(p::isScored));
    if (!scored) {
      throw new TrainingException(
          "the "
              + part.name().toLowerCase(Locale.ROOT)
              + " part has no usable visit: none of its "
              + patients.size()
              + " patients has two visits with drug orders; give a larger cohort");
    }
    return patients;
  }
}
