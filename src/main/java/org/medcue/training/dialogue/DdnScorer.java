package org.medcue.training.dialogue;

import org.medcue.clinical.Dialogue;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.model.ddn.Ddn;

/** A version of DDN under either protocol: its network reads no further than the first mark. */
public record DdnScorer(Ddn ddn) implements DialogueScorer {

  @Override
  public float[] score(Dialogue dialogue, DialogueDisease disease) {
    return ddn.probabilities(Protocol.CLINICAL.read(dialogue), dialogue, disease.index());
  }
}
