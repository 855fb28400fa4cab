package org.medcue.training.dialogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.medcue.training.evaluation.Scores;
import org.medcue.training.evaluation.ThresholdCurve;

/**
 * Which drugs a system suggests, given their probabilities.
 *
 * @param threshold probability from which a drug is suggested
 * @param whenNone what to do where no drug reaches it
 */
public record DecisionRule(double threshold, WhenNone whenNone) {

  /** What to suggest where no drug is probable enough. */
  public enum WhenNone {
    /** Nothing: the error "P ⊆ ∅" of the DDN paper's table 3. */
    @JsonProperty("nothing")
    NOTHING,
    /** The most probable drug; of equally probable ones the first. */
    @JsonProperty("mostProbable")
    MOST_PROBABLE
  }

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
  public static DecisionRule chosenOn(List<ScoredDialogue> validation, WhenNone whenNone) {
    return new DecisionRule(
        ThresholdCurve.best(
            threshold -> {
              DecisionRule rule = new DecisionRule(threshold, whenNone);
              Scores scores = new Scores();
              validation.forEach(dialogue -> scores.add(dialogue.score(rule)));
              return scores.micro().f1();
            }),
        whenNone);
  }

  /** Whether each drug is suggested. */
  boolean[] suggested(float[] probabilities) {
    boolean[] suggested = new boolean[probabilities.length];
    boolean any = false;
    int most = 0;
    for (int drug = 0; drug < probabilities.length; drug++) {
      suggested[drug] = probabilities[drug] >= threshold;
      any |= suggested[drug];
      most = probabilities[drug] > probabilities[most] ? drug : most;
    }
    if (!any && whenNone == WhenNone.MOST_PROBABLE && probabilities.length > 0) {
      suggested[most] = true;
    }
    return suggested;
  }
}
