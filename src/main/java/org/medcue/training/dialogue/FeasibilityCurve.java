package org.medcue.training.dialogue;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.medcue.clinical.Dialogue;
import org.medcue.training.evaluation.VisitScore;

/**
 * How well a system does when a dialogue has gone only so far (DDN paper, section 5.4). The whole
 * is what the clinical protocol leaves, so the last point is the ordinary result.
 *
 * @param points by share, from 20 to 100 %
 */
public record FeasibilityCurve(List<Point> points) {

  /** Shares that are less than the whole. */
  static final double[] BEGINNINGS = {0.2, 0.4, 0.6, 0.8};

  /**
   * @param share of the utterances
   * @param metrics of the system that reads these alone
   */
  public record Point(double share, DialogueMetrics metrics) {}

  public FeasibilityCurve {
    points = List.copyOf(points);
  }

  /**
   * Judges beginnings of 20, 40, … 100 per cent.
   *
   * @param scores of all dialogues where so many per cent of each were said
   */
  static FeasibilityCurve of(IntFunction<List<VisitScore>> scores) {
    return new FeasibilityCurve(
        IntStream.rangeClosed(1, 5)
            .mapToObj(step -> new Point(step / 5.0, DialogueMetrics.of(scores.apply(20 * step))))
            .toList());
  }

  /**
   * Runs a system over the beginnings of dialogues, under the clinical protocol.
   *
   * @param rule chosen on whole dialogues
   */
  public static FeasibilityCurve of(
      DialogueScorer scorer, List<LabelledDialogue> dialogues, DecisionRule rule) {
    return of(
        percent ->
            new ScoredFold(
                    rule,
                    ScoredDialogue.all(
                        dialogues,
                        Protocol.CLINICAL,
                        scorer,
                        dialogue -> upTo(dialogue, percent / 100.0)))
                .scores()
                .toList());
  }

  /**
   * The beginning of a dialogue, in whole utterances, rounded up.
   *
   * @param share of the utterances, above 0 and at most 1
   */
  public static Dialogue upTo(Dialogue dialogue, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is above 0 and at most 1, not " + share);
    }
    int size = dialogue.utterances().size();
    // A share such as 0.6 is not exact: 0.6 * 5 must not become 4
    int kept = (int) Math.ceil(share * size - 1e-9);
    return new Dialogue(dialogue.utterances().subList(0, kept));
  }
}
