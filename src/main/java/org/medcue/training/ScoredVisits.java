package org.medcue.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.RecordScorer;

/**
 * A patient's scored visits: the model's ranking, what the last visit with drugs had, and the
 * truth.
 *
 * @param rankings for each visit what scoring needs of the model's ranking
 * @param copied for each visit the drugs of the last earlier visit with drugs
 * @param truths for each visit the drugs ordered
 */
record ScoredVisits(List<Ranking> rankings, List<Set<String>> copied, List<Set<String>> truths) {

  /** Less probable drugs are below every threshold that is tried, so they are not kept. */
  static final double LOWEST_THRESHOLD = 0.05;

  /**
   * A label and its probability.
   *
   * @param label a code of the label space
   */
  record Candidate(String label, double probability) {}

  /**
   * A ranking without its long tail.
   *
   * @param candidates the labels from the lowest threshold on
   * @param averagePrecision of the whole ranking
   */
  record Ranking(List<Candidate> candidates, double averagePrecision) {

    static Ranking of(List<String> labels, float[] probabilities, Set<String> truth) {
      List<Candidate> ranked = new ArrayList<>();
      for (int i = 0; i < probabilities.length; i++) {
        ranked.add(new Candidate(labels.get(i), probabilities[i]));
      }
      ranked.sort(Comparator.comparingDouble(Candidate::probability).reversed());
      return new Ranking(
          ranked.stream().filter(c -> c.probability() >= LOWEST_THRESHOLD).toList(),
          Scores.averagePrecision(ranked.stream().map(Candidate::label).toList(), truth));
    }
  }

  /** Scores one patient; without scored visits all lists are empty. */
  static ScoredVisits of(PatientRecord patient, RecordScorer scorer, CodeCoverage coverage) {
    List<Integer> targets =
        IntStream.range(0, patient.visits().size()).filter(patient::isScored).boxed().toList();
    List<Set<String>> copied = new ArrayList<>();
    List<Set<String>> truths = new ArrayList<>();
    for (int target : targets) {
      copied.add(labels(patient.lastVisitWithDrugsBefore(target).orElseThrow(), scorer));
      truths.add(labels(patient.visits().get(target), scorer));
    }
    if (targets.isEmpty()) {
      return new ScoredVisits(List.of(), List.of(), List.of());
    }
    float[][] scores = scorer.score(patient, targets, coverage);
    List<Ranking> rankings = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      rankings.add(Ranking.of(scorer.labels(), scores[i], truths.get(i)));
    }
    return new ScoredVisits(rankings, copied, truths);
  }

  private static Set<String> labels(Visit visit, RecordScorer scorer) {
    return visit.drugs().stream().map(scorer::labelOf).collect(Collectors.toSet());
  }

  int count() {
    return truths.size();
  }
}
