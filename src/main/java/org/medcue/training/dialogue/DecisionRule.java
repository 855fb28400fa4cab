package org.medcue.training.dialogue;

import java.util.List;
import org.medcue.training.evaluation.Scores;
import org.medcue.training.evaluation.ThresholdCurve;

/**
 * Which drugs a system suggests, given their probabilities. Where none is probable enough it is
 * none: the error "P ⊆ ∅" of the DDN paper's table 3.
 *
 * @param threshold probability from which a drug is suggested
 */
public record DecisionRule(double threshold) {

  /**
   * @throws IllegalArgumentException if the threshold is not between 0 and 1
   */
  public DecisionRule {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("a threshold is between 0 and 1, not " + threshold);
    }
  }

  /**
   * The threshold with the highest micro-averaged F1, and so with the highest micro-averaged
   * Jaccard too, which rises with it; ties: the lowest.
   *
   * @param validation dialogues that are neither fitted on nor scored
   */
  public static DecisionRule chosenOn(List<ScoredDialogue> validation) {
    return new DecisionRule(
        ThresholdCurve.best(
            threshold -> {
              DecisionRule rule = new DecisionRule(threshold);
              Scores scores = new Scores();
              validation.forEach(dialogue -> scores.add(dialogue.score(rule)));
              return scores.micro().f1();
            }));
  }
}
