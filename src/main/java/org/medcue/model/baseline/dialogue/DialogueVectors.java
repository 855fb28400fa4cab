package org.medcue.model.baseline.dialogue;

import java.util.List;
import org.medcue.clinical.Speaker;

/**
 * A dialogue as vectors of an encoder that is not trained.
 *
 * @param utterances in order, at least one
 */
public record DialogueVectors(List<Said> utterances) {

  /**
   * An utterance.
   *
   * @param speaker who said it
   * @param mean of its tokens
   * @param runs means of its tokens, a few in a row each; at least one
   */
  public record Said(Speaker speaker, float[] mean, List<float[]> runs) {

    public Said {
      runs = List.copyOf(runs);
      if (runs.isEmpty()) {
        throw new IllegalArgumentException("an utterance has tokens");
      }
    }
  }

  public DialogueVectors {
    utterances = List.copyOf(utterances);
    if (utterances.isEmpty()) {
      throw new IllegalArgumentException("a dialogue has an utterance, be it empty");
    }
  }

  /** The number of runs in all. */
  int runs() {
    return utterances.stream().mapToInt(said -> said.runs.size()).sum();
  }
}
