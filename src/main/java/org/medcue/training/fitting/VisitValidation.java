package org.medcue.training.fitting;

import java.util.List;
import org.medcue.clinical.PatientRecord;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.VisitModel;
import org.medcue.training.evaluation.Evaluation;

/** Scores a network over visits while it is trained. */
public final class VisitValidation {

  private VisitValidation() {}

  /** Mean average precision over the scored visits of some patients, by which epochs are chosen. */
  public static double prAuc(
      VisitModel model, List<PatientRecord> patients, KnowledgeBase knowledge) {
    try (NetworkScorer scorer = new NetworkScorer(model, knowledge)) {
      return new Evaluation(scorer, patients, (what, done, total) -> {}).prAuc();
    }
  }
}
