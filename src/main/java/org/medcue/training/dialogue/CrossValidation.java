package org.medcue.training.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medcue.training.CohortSplit;

/**
 * Five folds of dialogues. A dialogue's fold depends on the seed and its identifier alone, so every
 * system is scored on the same folds. Nothing but weights is fitted on a fold's training part:
 * thresholds are chosen on what the other folds' systems say of their scored parts.
 *
 * @param seed of the folds, not of a system's weights
 */
public record CrossValidation(long seed) {

  /** The number of folds. */
  public static final int FOLDS = 5;

  /** The folds of our own results. */
  public static final CrossValidation STANDARD = new CrossValidation(CohortSplit.STANDARD_SEED);

  /**
   * One round.
   *
   * @param number from 1
   * @param training weights are fitted here: about four fifths
   * @param scored for results alone: the others
   */
  public record Fold(int number, List<LabelledDialogue> training, List<LabelledDialogue> scored) {

    public Fold {
      training = List.copyOf(training);
      scored = List.copyOf(scored);
    }
  }

  /** The fold in which a dialogue is scored: SHA-256 of seed and identifier, modulo 5, from 1. */
  public int foldOf(String id) {
    return 1 + (int) CohortSplit.bucket("medcue-fold:" + seed + ":" + id, FOLDS);
  }

  /** All five rounds; each dialogue is scored in one. */
  public List<Fold> folds(List<LabelledDialogue> dialogues) {
    return IntStream.rangeClosed(1, FOLDS).mapToObj(number -> fold(number, dialogues)).toList();
  }

  private Fold fold(int number, List<LabelledDialogue> dialogues) {
    List<LabelledDialogue> training = new ArrayList<>();
    List<LabelledDialogue> scored = new ArrayList<>();
    for (LabelledDialogue dialogue : dialogues) {
      (foldOf(dialogue.id()) == number ? scored : training).add(dialogue);
    }
    return new Fold(number, training, scored);
  }
}
