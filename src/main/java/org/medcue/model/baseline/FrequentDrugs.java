package org.medcue.model.baseline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.RecordScorer;
import org.medcue.model.visits.TokenSet;
import org.medcue.model.visits.VisitEncoding;
import org.medcue.model.visits.Vocabulary;

/**
 * Predicts the drugs most frequent for the present diagnoses and symptoms; history is not read.
 *
 * <p>For each code in each role, the share of the training visits with an order in which each drug
 * was ordered, counted with one visit more that had every drug at its overall share: so a code seen
 * once promises less than a code seen often. The score of a drug is its largest share over the
 * codes of the strongest role (reason, then recorded, then active) of which training has seen any,
 * since each of several diagnoses brings its own drugs; without any it is the overall share.
 */
public final class FrequentDrugs implements RecordScorer {

  /** Visits with an order that have something, and how many of them have each drug. */
  private static final class Count {
    private final int[] drugs;
    private int visits;

    Count(int labels) {
      drugs = new int[labels];
    }

    void add(EncodedVisit visit) {
      visits++;
      for (int label : visit.labels()) {
        drugs[label]++;
      }
    }
  }

  private record CodeInRole(int token, int role) {}

  private final List<String> labels;
  private final VisitEncoding encoding;
  private final Count overall;
  private final Map<CodeInRole, Count> counts = new HashMap<>();

  /** Counts the orders of training patients. */
  public FrequentDrugs(
      Vocabulary vocabulary, KnowledgeBase knowledge, List<PatientRecord> trainingPatients) {
    labels = vocabulary.labels();
    encoding = new VisitEncoding(vocabulary, knowledge);
    overall = new Count(labels.size());
    CodeCoverage uncounted = new CodeCoverage();
    for (PatientRecord patient : trainingPatients) {
      for (Visit visit : patient.visits()) {
        if (!visit.drugs().isEmpty()) {
          count(encoding.encode(visit, uncounted));
        }
      }
    }
  }

  private void count(EncodedVisit visit) {
    overall.add(visit);
    for (CodeInRole code : codes(visit)) {
      counts.computeIfAbsent(code, c -> new Count(labels.size())).add(visit);
    }
  }

  private static List<CodeInRole> codes(EncodedVisit visit) {
    List<CodeInRole> codes = new ArrayList<>();
    for (TokenSet set : List.of(visit.diagnoses(), visit.symptoms())) {
      for (int i = 1; i < set.length(); i++) { // the first is [CLS]
        codes.add(new CodeInRole(set.token(i), set.role(i)));
      }
    }
    return codes;
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public String labelOf(DrugCode drug) {
    return encoding.labelOf(drug);
  }

  @Override
  public float[][] score(PatientRecord patient, List<Integer> targets, CodeCoverage coverage) {
    List<EncodedVisit> visits = new ArrayList<>();
    for (Visit visit : patient.visits()) {
      visits.add(encoding.encode(visit, coverage));
    }
    return targets.stream().map(target -> score(visits.get(target))).toArray(float[][]::new);
  }

  private float[] score(EncodedVisit present) {
    List<Count> chosen = strongestKnown(codes(present));
    float[] scores = new float[labels.size()];
    for (int label = 0; label < scores.length; label++) {
      double share = (double) overall.drugs[label] / Math.max(1, overall.visits);
      double best = chosen.isEmpty() ? share : 0;
      for (Count count : chosen) {
        best = Math.max(best, (count.drugs[label] + share) / (count.visits + 1));
      }
      scores[label] = (float) best;
    }
    return scores;
  }

  private List<Count> strongestKnown(List<CodeInRole> codes) {
    for (CodeRole role : CodeRole.values()) {
      List<Count> known = new ArrayList<>();
      for (CodeInRole code : codes) {
        Count count = counts.get(code);
        if (count != null && code.role == TokenSet.indexOf(role)) {
          known.add(count);
        }
      }
      if (!known.isEmpty()) {
        return known;
      }
    }
    return List.of();
  }
}
