package org.medcue.training.dialogue;

import java.util.List;
import org.medcue.training.Progress;

/**
 * One system of the comparison over dialogues.
 *
 * @param key names its runs, such as {@code ddn-network-without-knowledge-graph}
 * @param title for people
 * @param settings everything that decides its result: runs made by others are not mixed
 * @param trainer fits it
 */
record DialogueSystem(String key, String title, String settings, Trainer trainer) {

  /** A fitted system, which the caller closes. */
  interface Fitted extends AutoCloseable {

    /** The system as it was fitted for a protocol; one system may serve both. */
    DialogueScorer under(Protocol protocol);

    @Override
    default void close() {}
  }

  /** Fits a system. */
  @FunctionalInterface
  interface Trainer {

    /**
     * @param training whole dialogues: what of them is read is the system's to say, by protocol
     * @param seed of weights and order
     */
    Fitted fit(List<LabelledDialogue> training, int seed, Progress progress);
  }
}
