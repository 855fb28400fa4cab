package org.medcue.training.dialogue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.medcue.clinical.Dialogue;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.training.Progress;
import org.medcue.training.evaluation.AsServed;
import org.medcue.training.evaluation.Ranking;
import org.medcue.training.evaluation.VisitScore;

/**
 * What a system says of a dialogue and what was recommended in it.
 *
 * @param id of the dialogue
 * @param disease diagnosed
 * @param prescribed indices of the drugs recommended, ascending
 * @param otherDrugs how many more were recommended that the system does not know: never found
 * @param probabilities of the drugs, in order of their index
 * @param averagePrecision of the whole ranking
 */
public record ScoredDialogue(
    String id,
    DialogueDisease disease,
    int[] prescribed,
    int otherDrugs,
    float[] probabilities,
    double averagePrecision) {

  /**
   * Judges one dialogue.
   *
   * @throws IllegalArgumentException if a number is not a probability or a drug has none
   */
  public static ScoredDialogue of(LabelledDialogue dialogue, float[] probabilities) {
    int[] known = dialogue.labels();
    if (known.length > 0 && known[known.length - 1] >= probabilities.length) {
      throw new IllegalArgumentException("fewer probabilities than drugs");
    }
    int others = dialogue.otherDrugs().size();
    double found = Ranking.averagePrecision(Ranking.of(probabilities), known) * known.length;
    return new ScoredDialogue(
        dialogue.id(),
        dialogue.disease(),
        known,
        others,
        probabilities,
        known.length == 0 ? 0 : found / (known.length + others));
  }

  /**
   * Runs a system over those of the dialogues in which a drug was recommended, in their order.
   *
   * @param protocol what of them it may read
   */
  public static List<ScoredDialogue> all(
      List<LabelledDialogue> dialogues,
      Protocol protocol,
      DialogueScorer scorer,
      Progress progress) {
    AtomicInteger done = new AtomicInteger();
    return all(
        dialogues,
        protocol,
        scorer,
        read -> {
          progress.update("scoring dialogues", done.getAndIncrement(), dialogues.size());
          return read;
        });
  }

  /**
   * The same of a part of what it may read.
   *
   * @param part taken after the protocol
   */
  static List<ScoredDialogue> all(
      List<LabelledDialogue> dialogues,
      Protocol protocol,
      DialogueScorer scorer,
      UnaryOperator<Dialogue> part) {
    return dialogues.stream()
        .filter(LabelledDialogue::isScored)
        .map(
            dialogue -> {
              Dialogue read = part.apply(protocol.read(dialogue.dialogue()));
              float[] probabilities = scorer.score(read, dialogue.disease());
              return of(dialogue, protocol.judged(dialogue.dialogue(), probabilities));
            })
        .toList();
  }

  /** The score once it is decided which drugs to suggest. */
  public VisitScore score(DecisionRule rule) {
    int predicted = 0;
    for (float probability : probabilities) {
      predicted += probability >= rule.threshold() ? 1 : 0;
    }
    int hits = 0;
    for (int drug : prescribed) {
      hits += probabilities[drug] >= rule.threshold() ? 1 : 0;
    }
    return score(hits, predicted);
  }

  /** The score of what a card would show. */
  VisitScore scoreAsServed() {
    int[] ranking = Ranking.of(probabilities);
    int shown = 0;
    int hits = 0;
    while (shown < Math.min(AsServed.LIMIT, ranking.length)
        && probabilities[ranking[shown]] >= AsServed.CONFIDENCE_FLOOR) {
      hits += Arrays.binarySearch(prescribed, ranking[shown++]) >= 0 ? 1 : 0;
    }
    return score(hits, shown);
  }

  private VisitScore score(int hits, int predicted) {
    return new VisitScore(0, hits, predicted, prescribed.length + otherDrugs, averagePrecision);
  }
}
