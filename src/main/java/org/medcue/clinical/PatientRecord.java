package org.medcue.clinical;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All visits of one patient of a cohort.
 *
 * @param patientId identifier of the Patient, by which cohorts are split
 * @param visits the visits, in order of time (ties by identifier, so that reading is deterministic)
 */
public record PatientRecord(String patientId, List<Visit> visits) {

  private static final Comparator<Visit> BY_TIME =
      Comparator.comparing(Visit::start).thenComparing(Visit::id);

  /** Sorts the visits. */
  public PatientRecord {
    visits = visits.stream().sorted(BY_TIME).toList();
  }

  /** What a predictor may know before visit {@code index}'s orders: never that visit's drugs. */
  public VisitSequence before(int index) {
    return new VisitSequence(visits.subList(0, index), visits.get(index).withoutDrugs());
  }

  /** The last earlier visit with a drug, against which copying is measured. */
  public Optional<Visit> lastVisitWithDrugsBefore(int index) {
    for (int i = index - 1; i >= 0; i--) {
      if (!visits.get(i).drugs().isEmpty()) {
        return Optional.of(visits.get(i));
      }
    }
    return Optional.empty();
  }

  /** Whether a visit is scored: it has a drug, and an earlier visit has one too. */
  public boolean isScored(int index) {
    return !visits.get(index).drugs().isEmpty() && lastVisitWithDrugsBefore(index).isPresent();
  }
}
