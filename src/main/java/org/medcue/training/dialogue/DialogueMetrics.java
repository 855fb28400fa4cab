package org.medcue.training.dialogue;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.medcue.training.evaluation.Bootstrap;
import org.medcue.training.evaluation.Scores;
import org.medcue.training.evaluation.VisitScore;

/**
 * Scores of one system over dialogues, all between 0 and 1.
 *
 * @param micro pooled over dialogues
 * @param sample averaged over dialogues
 * @param meanPredicted drugs a dialogue
 * @param meanPrescribed drugs a dialogue
 * @param intervals of the first four
 */
public record DialogueMetrics(
    Scores.Micro micro,
    Scores.Sample sample,
    double meanPredicted,
    double meanPrescribed,
    Intervals intervals) {

  /** 95 % bootstrap intervals over dialogues. */
  public record Intervals(
      Bootstrap.Interval microJaccard,
      Bootstrap.Interval microF1,
      Bootstrap.Interval sampleJaccard,
      Bootstrap.Interval sampleF1) {}

  /** Sums up dialogues; all zero without any. */
  public static DialogueMetrics of(List<VisitScore> dialogues) {
    Scores scores = new Scores();
    dialogues.forEach(scores::add);
    return new DialogueMetrics(
        scores.micro(),
        scores.sample(),
        scores.meanPredicted(),
        scores.meanPrescribed(),
        new Intervals(
            interval(dialogues, VisitScore::hits, VisitScore::union),
            interval(dialogues, dialogue -> 2 * dialogue.hits(), VisitScore::named),
            interval(dialogues, VisitScore::jaccard, dialogue -> 1),
            interval(dialogues, VisitScore::f1, dialogue -> 1)));
  }

  private static Bootstrap.Interval interval(
      List<VisitScore> dialogues,
      ToDoubleFunction<VisitScore> part,
      ToIntFunction<VisitScore> whole) {
    return Bootstrap.mean(
        dialogues.stream().mapToDouble(part).toArray(),
        dialogues.stream().mapToInt(whole).toArray());
  }
}
