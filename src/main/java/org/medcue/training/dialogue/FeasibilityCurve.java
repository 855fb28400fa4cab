package org.medcue.training.dialogue;

import java.util.List;
import java.util.stream.IntStream;
import org.medcue.clinical.Dialogue;

/**
 * How well a system does when a dialogue has gone only so far (DDN paper, section 5.4). The whole
 * is what the protocol lets it read, so the last point is the ordinary result.
 *
 * @param protocol what it may read of a whole dialogue
 * @param points by share, from 20 to 100 %
 */
public record FeasibilityCurve(Protocol protocol, List<Point> points) {

  /**
   * @param share of the utterances
   * @param metrics of the system that reads these alone
   */
  public record Point(double share, DialogueMetrics metrics) {}

  public FeasibilityCurve {
    points = List.copyOf(points);
  }

  /**
   * Runs a system over the beginnings of dialogues, in steps of 20 %.
   *
   * @param rule chosen on whole dialogues
   */
  public static FeasibilityCurve of(
      DialogueScorer scorer,
      List<LabelledDialogue> dialogues,
      Protocol protocol,
      DecisionRule rule) {
    return new FeasibilityCurve(
        protocol,
        IntStream.rangeClosed(1, 5)
            .mapToDouble(step -> step / 5.0)
            .mapToObj(share -> point(scorer, dialogues, protocol, rule, share))
            .toList());
  }

  private static Point point(
      DialogueScorer scorer,
      List<LabelledDialogue> dialogues,
      Protocol protocol,
      DecisionRule rule,
      double share) {
    List<ScoredDialogue> scored =
        ScoredDialogue.all(dialogues, protocol, scorer, dialogue -> upTo(dialogue, share));
    return new Point(share, DialogueMetrics.of(new ScoredFold(rule, scored).scores().toList()));
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
