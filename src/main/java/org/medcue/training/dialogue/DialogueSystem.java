package org.medcue.training.dialogue;

import java.util.List;
import org.medcue.model.ddn.DdnFineTuning;
import org.medcue.training.Progress;

/**
 * One system of the comparison over dialogues.
 *
 * @param key names its runs, such as {@code ddn-without-knowledge-graph}
 * @param title for people
 * @param settings everything that decides its result: runs made by others are not mixed
 * @param trainer fits it
 */
record DialogueSystem(String key, String title, String settings, Trainer trainer) {

  /** A fitted system, which the caller closes. */
  interface Fitted extends DialogueScorer, AutoCloseable {
    @Override
    default void close() {}
  }

  /** Fits a system. */
  @FunctionalInterface
  interface Trainer {

    /**
     * @param training dialogues as the protocol leaves them
     * @param seed of weights and order
     */
    Fitted fit(List<DdnFineTuning.Example> training, int seed, Progress progress);
  }
}
