package org.medcue.training.dialogue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.medcue.model.ddn.DdnFineTuning;
import org.medcue.training.Progress;

/** Fits a system from dialogues as one protocol leaves them. */
@FunctionalInterface
interface ProtocolTrainer {

  /** A scorer that may hold memory of its own. */
  interface Scorer extends DialogueScorer, AutoCloseable {
    @Override
    default void close() {}
  }

  /**
   * Fits.
   *
   * @param seed of weights and order
   */
  Scorer fit(List<DdnFineTuning.Example> training, int seed, Progress progress);

  /** Fits a system twice, for each protocol on what it leaves. */
  static DialogueSystem.Trainer each(ProtocolTrainer trainer) {
    return (training, seed, progress) -> {
      Map<Protocol, Scorer> fitted = new EnumMap<>(Protocol.class);
      try {
        for (Protocol protocol : Protocol.values()) {
          List<DdnFineTuning.Example> examples = DdnFitting.examples(training, protocol);
          fitted.put(protocol, trainer.fit(examples, seed, progress.named(protocol.key())));
        }
      } catch (RuntimeException e) {
        fitted.values().forEach(Scorer::close);
        throw e;
      }
      return new DialogueSystem.Fitted() {
        @Override
        public DialogueScorer under(Protocol protocol) {
          return Objects.requireNonNull(fitted.get(protocol));
        }

        @Override
        public void close() {
          fitted.values().forEach(Scorer::close);
        }
      };
    };
  }
}
