package org.medcue.training.evaluation;

import java.util.List;
import org.medcue.model.learning.Calibration;

/**
 * How often drugs that should not be given together stand together at one visit.
 *
 * @param table the version of knowledge that it was counted by, such as {@code interactions/1.0.0}
 * @param predicted among the drugs predicted
 * @param prescribed among the drugs prescribed, which is what the model learned from
 */
public record Interactions(String table, Rate predicted, Rate prescribed) {

  /**
   * @param pairs pairs of drugs of one visit, over all visits
   * @param share of them that interact; 0 without pairs
   */
  public record Rate(long pairs, double share) {}

  static Interactions of(
      List<ScoredVisits> patients,
      LabelNumbers labels,
      InteractionRule rule,
      double threshold,
      Calibration calibration) {
    Count predicted = new Count(labels, rule);
    Count prescribed = new Count(labels, rule);
    for (ScoredVisits patient : patients) {
      for (ScoredVisit visit : patient.visits()) {
        predicted.add(visit.predicted(threshold, calibration));
        prescribed.add(visit.prescribed());
      }
    }
    return new Interactions(rule.table(), predicted.rate(), prescribed.rate());
  }

  private static final class Count {

    private final LabelNumbers labels;
    private final InteractionRule rule;
    private long pairs;
    private long interacting;

    Count(LabelNumbers labels, InteractionRule rule) {
      this.labels = labels;
      this.rule = rule;
    }

    void add(int[] drugs) {
      for (int a = 0; a < drugs.length; a++) {
        for (int b = 0; b < a; b++) {
          pairs++;
          interacting += rule.interacts(labels.label(drugs[a]), labels.label(drugs[b])) ? 1 : 0;
        }
      }
    }

    Rate rate() {
      return new Rate(pairs, (double) interacting / Math.max(1, pairs));
    }
  }
}
