package org.medcue.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.RecordScorer;

/**
 * One patient's scored visits.
 *
 * @param patientId identifier of the Patient
 * @param visits in order of time; may be empty
 */
record ScoredVisits(String patientId, List<ScoredVisit> visits) {

  /** Runs a system over patients and keeps what evaluation needs. */
  static final class Reader {

    private final RecordScorer scorer;
    private final VisitSubject.Source subjects;
    private final LabelNumbers labels;
    private final LogitHistogram pairs;
    private final CodeCoverage coverage;

    Reader(
        RecordScorer scorer,
        VisitSubject.Source subjects,
        LabelNumbers labels,
        LogitHistogram pairs,
        CodeCoverage coverage) {
      this.scorer = scorer;
      this.subjects = subjects;
      this.labels = labels;
      this.pairs = pairs;
      this.coverage = coverage;
    }

    ScoredVisits read(PatientRecord patient) {
      List<Integer> targets =
          IntStream.range(0, patient.visits().size()).filter(patient::isScored).boxed().toList();
      List<ScoredVisit> visits = new ArrayList<>();
      if (!targets.isEmpty()) {
        float[][] scores = scorer.score(patient, targets, coverage);
        for (int i = 0; i < scores.length; i++) {
          visits.add(read(patient, targets.get(i), scores[i]));
        }
      }
      return new ScoredVisits(patient.patientId(), visits);
    }

    private ScoredVisit read(PatientRecord patient, int target, float[] scores) {
      Visit visit = patient.visits().get(target);
      int[] prescribed = labels.of(labelsOf(visit));
      int[] copied = labels.of(labelsOf(patient.lastVisitWithDrugsBefore(target).orElseThrow()));
      int withDrugs =
          (int)
              patient.visits().subList(0, target).stream()
                  .filter(earlier -> !earlier.drugs().isEmpty())
                  .count();
      addPairs(scores, prescribed);
      ScoredVisit scored =
          ScoredVisit.of(
              target, withDrugs, subjects.at(patient, visit), scores, prescribed, copied);
      return scorer.copies() ? scored.copying() : scored;
    }

    private void addPairs(float[] scores, int[] prescribed) {
      boolean[] ordered = new boolean[scores.length];
      for (int label : prescribed) {
        if (label < ordered.length) {
          ordered[label] = true;
        }
      }
      for (int label = 0; label < scores.length; label++) {
        pairs.add(scores[label], ordered[label]);
      }
    }

    private Set<String> labelsOf(Visit visit) {
      return visit.drugs().stream().map(scorer::labelOf).collect(Collectors.toSet());
    }
  }

  /** One patient's scores in a run. */
  List<VisitScore> scores(Function<ScoredVisit, VisitScore> system) {
    return visits.stream().map(system).toList();
  }
}
