package org.medcue.model.ddn;

import java.util.List;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Utterance;

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
   * The same of several dialogues, in their order.
   *
   * @param asked may be empty
   */
  default List<float[]> probabilitiesOfAll(List<DdnModel.Asked> asked) {
    return asked.stream().map(one -> probabilities(one.dialogue(), one.disease())).toList();
  }

  /** Bytes of weights outside of Java's heap. */
  default long nativeBytes() {
    return 0;
  }

  /**
   * What each utterance adds to each drug's logit by its wording: the logit with everything less
   * the logit without that utterance, (utterances of the dialogue, drugs). Rows of utterances that
   * were not weighed because the dialogue is long are 0.
   *
   * @param dialogue at least one utterance
   * @param disease the index of the disease
   */
  float[][] utteranceWeights(Dialogue dialogue, int disease);

  /**
   * How many utterances of a long dialogue {@link #utteranceWeights} leaves out: those behind the
   * first.
   */
  int unweighed(Dialogue dialogue);

  /** How many utterances of a long dialogue are read by their wording only, not in context. */
  int outOfContext(Dialogue dialogue);

  /** Whether an utterance holds a word of the language that the model was trained on. */
  boolean reads(Utterance utterance);

  /** Frees native memory. */
  @Override
  void close();
}
