package org.medcue.training.dialogue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.ddn.DdnFineTuning;
import org.medcue.model.ddn.DdnModel;
import org.medcue.model.ddn.WordingRegression;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.training.Progress;
import org.medcue.training.fitting.Checkpoints;
import org.medcue.training.fitting.Fitting;

/**
 * Fits the two parts of DDN. The network learns from what the clinical protocol leaves of the
 * dialogues: that is what it reads in practice. The regression on wording learns from what either
 * protocol leaves, so that it can use the marks where there are any.
 */
final class DdnFitting {

  /** Weight of half the squared weights of the regression on wording. */
  private static final double REGULARISATION = 0.06;

  static final String WORDING_SETTINGS =
      "regularisation " + REGULARISATION + ", surroundings of marks";

  /** Few epochs: with more, a network learns a thousand dialogues by heart. */
  private static final Schedule SCHEDULE = new Schedule(4, 16, 1e-3f, 0.01f, 0);

  private final DialogueKnowledge knowledge;
  private final GraphEmbeddings embeddings;

  DdnFitting(DialogueKnowledge knowledge, GraphEmbeddings embeddings) {
    this.knowledge = knowledge;
    this.embeddings = embeddings;
  }

  /** What decides a network besides the dialogues. */
  static String settings(DdnConfig config) {
    return config + " " + SCHEDULE;
  }

  /** The dialogues as a protocol leaves them. */
  static List<DdnFineTuning.Example> examples(List<LabelledDialogue> dialogues, Protocol protocol) {
    return dialogues.stream()
        .map(
            dialogue ->
                new DdnFineTuning.Example(
                    new DdnModel.Asked(
                        protocol.read(dialogue.dialogue()), dialogue.disease().index()),
                    IntStream.of(dialogue.labels()).boxed().toList()))
        .toList();
  }

  /** The regression on wording. */
  WordingRegression wording(List<LabelledDialogue> training) {
    List<DdnFineTuning.Example> examples =
        Stream.of(Protocol.values())
            .flatMap(protocol -> examples(training, protocol).stream())
            .toList();
    return WordingRegression.fit(knowledge, examples, REGULARISATION);
  }

  /**
   * A network, which the caller closes.
   *
   * @param checkpoints where to save after each epoch; null for nowhere
   */
  DdnModel network(
      DdnConfig config,
      List<LabelledDialogue> training,
      int seed,
      @Nullable Checkpoints checkpoints,
      Progress progress) {
    DdnModel model = DdnModel.initialise(config, knowledge, seed, DeviceChoice.CPU);
    try {
      if (config.knowledgeGraph()) {
        model.startFrom(embeddings.get(progress));
      }
      List<DdnFineTuning.Example> examples = examples(training, Protocol.CLINICAL);
      try (DdnFineTuning tuning = new DdnFineTuning(model, examples, SCHEDULE.withSeed(seed))) {
        new Fitting(model, tuning, checkpoints, progress).run();
        tuning.keepAverages();
      }
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }
}
