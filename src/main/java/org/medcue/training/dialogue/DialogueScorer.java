package org.medcue.training.dialogue;

import org.medcue.clinical.Dialogue;
import org.medcue.knowledge.DialogueDisease;

/** A system that suggests drugs for a dialogue. It is given what it may read, and no more. */
@FunctionalInterface
public interface DialogueScorer {

  /**
   * The probability of each drug.
   *
   * @param dialogue what the protocol leaves of it; may be empty
   * @param disease diagnosed, or {@link org.medcue.knowledge.DialogueDiseases#other()}
   * @return between 0 and 1, in order of the drugs' index
   */
  float[] score(Dialogue dialogue, DialogueDisease disease);
}
