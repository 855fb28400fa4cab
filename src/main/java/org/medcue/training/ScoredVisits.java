package org.medcue.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.ScoredDrug;
import org.medcue.model.mrkpa.CodeCoverage;
import org.medcue.model.mrkpa.MrKpaPredictor;

/**
 * A patient's scored visits: the model's ranking, what the last visit with drugs had, and the
 * truth.
 *
 * @param rankings for each visit every drug of the label space, most probable first
 * @param copied for each visit the drugs of the last earlier visit with drugs
 * @param truths for each visit the drugs ordered
 */
record ScoredVisits(
    List<List<ScoredDrug>> rankings, List<Set<DrugCode>> copied, List<Set<DrugCode>> truths) {

  /** Scores one patient; without scored visits all lists are empty. */
  static ScoredVisits of(PatientRecord patient, MrKpaPredictor predictor, CodeCoverage coverage) {
    List<Integer> targets =
        IntStream.range(0, patient.visits().size()).filter(patient::isScored).boxed().toList();
    List<Set<DrugCode>> copied = new ArrayList<>();
    List<Set<DrugCode>> truths = new ArrayList<>();
    for (int target : targets) {
      copied.add(patient.lastVisitWithDrugsBefore(target).orElseThrow().drugs());
      truths.add(patient.visits().get(target).drugs());
    }
    return new ScoredVisits(predictor.predictAll(patient, targets, coverage), copied, truths);
  }

  int count() {
    return truths.size();
  }
}
