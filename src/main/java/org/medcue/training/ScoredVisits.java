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
 * @param rankings for each visit what scoring needs of the model's ranking
 * @param copied for each visit the drugs of the last earlier visit with drugs
 * @param truths for each visit the drugs ordered
 */
record ScoredVisits(
    List<Ranking> rankings, List<Set<DrugCode>> copied, List<Set<DrugCode>> truths) {

  /** Less probable drugs are below every threshold that is tried, so they are not kept. */
  static final double LOWEST_THRESHOLD = 0.05;

  /**
   * A ranking without its long tail.
   *
   * @param candidates the drugs from the lowest threshold on
   * @param averagePrecision of the whole ranking
   */
  record Ranking(List<ScoredDrug> candidates, double averagePrecision) {

    static Ranking of(List<ScoredDrug> ranked, Set<DrugCode> truth) {
      return new Ranking(
          ranked.stream().filter(drug -> drug.probability() >= LOWEST_THRESHOLD).toList(),
          Scores.averagePrecision(ranked, truth));
    }
  }

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
    List<List<ScoredDrug>> ranked = predictor.predictAll(patient, targets, coverage);
    List<Ranking> rankings = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      rankings.add(Ranking.of(ranked.get(i), truths.get(i)));
    }
    return new ScoredVisits(rankings, copied, truths);
  }

  int count() {
    return truths.size();
  }
}
