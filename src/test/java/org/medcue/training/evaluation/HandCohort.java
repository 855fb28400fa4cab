package org.medcue.training.evaluation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.clinical.Visits;
import org.medcue.model.learning.Calibration;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.RecordScorer;

/** Two patients, and a system that gives drugs 1, 2, 3 the probabilities 0.8, 0.5, 0.2 always. */
final class HandCohort {

  private HandCohort() {}

  static final RecordScorer ALWAYS =
      new RecordScorer() {
        @Override
        public List<String> labels() {
          return List.of("1", "2", "3");
        }

        @Override
        public String labelOf(DrugCode drug) {
          return drug.value();
        }

        @Override
        public float[][] score(
            PatientRecord patient, List<Integer> targets, CodeCoverage coverage) {
          float[][] scores = new float[targets.size()][];
          Arrays.fill(scores, new float[] {.8f, .5f, .2f});
          return scores;
        }
      };

  /** Scored are three visits of the first patient and one of the second. */
  static final List<PatientRecord> COHORT =
      List.of(
          patient("a", visit(0, "3"), visit(1, "1", "2"), visit(2, "1", "2"), visit(3, "1")),
          patient("b", visit(0), visit(1, "1"), visit(2, "3", "99")));

  static final VisitSubject.Source SUBJECTS =
      (patient, visit) ->
          patient.patientId().equals("a")
              ? new VisitSubject(OptionalInt.of(17), Optional.of("FEMALE"))
              : VisitSubject.UNKNOWN;

  static Evaluation evaluation() {
    return new Evaluation(ALWAYS, COHORT, SUBJECTS, (what, done, total) -> {});
  }

  static EvaluationReport report(double threshold, Calibration calibration) {
    return evaluation()
        .report(
            new Evaluation.Reading(
                "always/1",
                "all",
                threshold,
                calibration,
                Optional.of(evaluation().fitIsotonic()),
                Optional.of(
                    new InteractionRule(
                        "interactions/1.0.0", (a, b) -> Set.of(a, b).equals(Set.of("1", "2"))))));
  }

  private static PatientRecord patient(String id, Visit... visits) {
    return new PatientRecord(id, Arrays.asList(visits));
  }

  private static Visit visit(int day, String... drugs) {
    return Visits.of(
        "visit-" + day,
        Instant.parse("2020-01-01T08:00:00Z").plus(day, ChronoUnit.DAYS),
        Set.of(),
        Set.of(),
        Set.of(),
        Arrays.stream(drugs).map(DrugCode::new).collect(Collectors.toSet()));
  }
}
