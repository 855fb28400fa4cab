package org.medcue.training.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medcue.training.CohortSplit;

/**
 * Five folds of dialogues. A dialogue's fold depends on the seed and its identifier alone, so every
 * system is scored on the same folds. Of what remains beside the scored fold a part is set aside,
 * on which the threshold is chosen: nothing is chosen on what is scored.
 *
 * @param seed of the folds, not of a system's weights
 */
public record CrossValidation(long seed) {

  /** The number of folds. */
  public static final int FOLDS = 5;

  /** The folds of our own results. */
  public static final CrossValidation STANDARD = new CrossValidation(CohortSplit.STANDARD_SEED);

  private static final int VALIDATION_PERCENT = 15;

  /**
   * One round.
   *
   * @param number from 0
   * @param training weights are fitted here
   * @param validation epoch and threshold are chosen here: about 15 % of the rest
   * @param scored for results alone: about a fifth
   */
  public record Fold(
      int number,
      List<LabelledDialogue> training,
      List<LabelledDialogue> validation,
      List<LabelledDialogue> scored) {

    public Fold {
      training = List.copyOf(training);
      validation = List.copyOf(validation);
      scored = List.copyOf(scored);
    }
  }

  /** The fold in which a dialogue is scored: SHA-256 of seed and identifier, modulo 5. */
  public int foldOf(String id) {
    return (int) CohortSplit.bucket("medcue-fold:" + seed + ":" + id, FOLDS);
  }

  /** Whether a dialogue is set aside for validation when it is not scored. */
  private boolean validates(int fold, String id) {
    String text = "medcue-fold-validation:" + seed + ":" + fold + ":" + id;
    return CohortSplit.bucket(text, 100) < VALIDATION_PERCENT;
  }

  /** All five rounds; each dialogue is scored in one. */
  public List<Fold> folds(List<LabelledDialogue> dialogues) {
    return IntStream.range(0, FOLDS).mapToObj(number -> fold(number, dialogues)).toList();
  }

  private Fold fold(int number, List<LabelledDialogue> dialogues) {
    List<LabelledDialogue> training = new ArrayList<>();
    List<LabelledDialogue> validation = new ArrayList<>();
    List<LabelledDialogue> scored = new ArrayList<>();
    for (LabelledDialogue dialogue : dialogues) {
      if (foldOf(dialogue.id()) == number) {
        scored.add(dialogue);
      } else {
        (validates(number, dialogue.id()) ? validation : training).add(dialogue);
      }
    }
    return new Fold(number, training, validation, scored);
  }
}
