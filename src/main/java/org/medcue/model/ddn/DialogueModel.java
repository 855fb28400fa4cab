package org.medcue.model.ddn;

import org.medcue.clinical.Dialogue;

/** A loaded network that scores the drugs of a dialogue. Thread-safe. */
interface DialogueModel extends AutoCloseable {

  /**
   * Calibrated probabilities, 0 to 1, by drug index.
   *
   * @param dialogue what was said; may be empty
   * @param disease the index of the disease
   */
  float[] probabilities(Dialogue dialogue, int disease);

  /**
   * What each utterance adds to each drug's logit by its wording: the logit with everything less
   * the logit without that utterance, (utterances of the dialogue, drugs). Rows of utterances that
   * were not weighed because the dialogue is long are 0.
   *
   * @param dialogue at least one utterance
   * @param disease the index of the disease
   */
  float[][] utteranceWeights(Dialogue dialogue, int disease);

  /** How many utterances of a long dialogue are read by their wording only, not in context. */
  int outOfContext(Dialogue dialogue);

  /** Frees native memory. */
  @Override
  void close();
}
