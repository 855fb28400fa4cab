package org.medcue.model.baseline;

import java.util.ArrayList;
import java.util.List;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.RecordScorer;
import org.medcue.model.visits.VisitEncoding;
import org.medcue.model.visits.Vocabulary;

/**
 * Predicts what was ordered at the last earlier visit with drugs: probability 1 for each of its
 * labels and 0 for all others, everywhere 0 where there is no such visit.
 */
public final class CopyLastVisit implements RecordScorer {

  private final List<String> labels;
  private final VisitEncoding encoding;

  /** Copies within a vocabulary's label space. */
  public CopyLastVisit(Vocabulary vocabulary, KnowledgeBase knowledge) {
    this.labels = vocabulary.labels();
    this.encoding = new VisitEncoding(vocabulary, knowledge);
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
  public boolean copies() {
    return true;
  }

  @Override
  public float[][] score(PatientRecord patient, List<Integer> targets, CodeCoverage coverage) {
    List<EncodedVisit> visits = new ArrayList<>();
    for (Visit visit : patient.visits()) {
      visits.add(encoding.encode(visit, coverage));
    }
    float[][] scores = new float[targets.size()][labels.size()];
    for (int row = 0; row < scores.length; row++) {
      copyLast(visits.subList(0, targets.get(row)), scores[row]);
    }
    return scores;
  }

  private static void copyLast(List<EncodedVisit> history, float[] scores) {
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.get(i).hasDrugs()) {
        for (int label : history.get(i).labels()) {
          scores[label] = 1;
        }
        return;
      }
    }
  }
}
