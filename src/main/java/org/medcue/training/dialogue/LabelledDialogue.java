package org.medcue.training.dialogue;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.medcue.clinical.Dialogue;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueDrug;

/**
 * A dialogue with what its annotators say of it (DDN paper, section 3.1). A model never sees it
 * whole: {@link Protocol} says what of the dialogue it may read.
 *
 * @param id file and line, such as {@code dialogues:17}
 * @param dialogue with the marks that stand for the recommended drugs
 * @param disease diagnosed; an input of the models
 * @param drugs recommended, in order of their index
 * @param otherDrugs labels of recommended drugs that are not among the model's
 */
public record LabelledDialogue(
    String id,
    Dialogue dialogue,
    DialogueDisease disease,
    List<DialogueDrug> drugs,
    Set<String> otherDrugs) {

  public LabelledDialogue {
    drugs = drugs.stream().distinct().sorted(Comparator.comparingInt(DialogueDrug::index)).toList();
    otherDrugs = Set.copyOf(otherDrugs);
  }

  /** The indices of the drugs, ascending. */
  public int[] labels() {
    return drugs.stream().mapToInt(DialogueDrug::index).toArray();
  }

  /** Whether a drug was recommended, so that a suggestion can be judged. */
  public boolean isScored() {
    return drugs.size() + otherDrugs.size() > 0;
  }
}
