package org.medcue.training.dialogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Dialogue;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.baseline.dialogue.DialogueBaseline;
import org.medcue.model.baseline.dialogue.DialogueBaselineModel;
import org.medcue.model.baseline.dialogue.DialogueFineTuning;
import org.medcue.model.baseline.dialogue.EncoderRegression;
import org.medcue.model.baseline.dialogue.FrozenEncoder;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.ddn.DdnFineTuning;
import org.medcue.model.ddn.DdnModel;
import org.medcue.model.learning.Calibration;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.training.Progress;
import org.medcue.training.evaluation.Ranking;

/**
 * The baselines of the DDN paper's table 2, and the regression on the encoder's vectors. The
 * encoder is not trained for them; what it gives for a dialogue is computed once for all systems
 * and folds.
 *
 * <p>Hidden size, dropout and learning rate are the best of a few that were tried on one fold of
 * the clinical protocol. How long a network is trained is chosen on a part of its own training
 * dialogues that is held out; then it is trained anew on all of them for that many epochs.
 */
final class DialogueBaselines {

  /** Weight of half the squared weights of the regression. */
  private static final double REGULARISATION = 0.2;

  private static final Schedule SCHEDULE = new Schedule(12, 16, 1e-3f, 0.01f, 0);

  /**
   * How a network is trained; the rate falls as if all epochs were done.
   *
   * @param hidden size within the network
   * @param dropout rate while training
   * @param schedule with the most epochs
   * @param patience epochs without a better one after which the rest is not tried
   * @param heldOut share of the training dialogues on which the number of epochs is chosen
   */
  private record Settings(
      int hidden, float dropout, Schedule schedule, int patience, double heldOut) {}

  private static final Settings RECURRENT = new Settings(256, 0.5f, SCHEDULE, 3, 0.15);

  /** Layers of a Transformer have dropout within, and learn less with more of it. */
  private static final Settings TRANSFORMER = new Settings(256, 0.3f, SCHEDULE, 3, 0.15);

  private final DialogueKnowledge knowledge;
  private final GraphEmbeddings embeddings;
  private final DdnConfig ddn;
  private @Nullable FrozenEncoder encoder;

  /**
   * @param ddn whose encoder and length of a dialogue are used
   */
  DialogueBaselines(DialogueKnowledge knowledge, GraphEmbeddings embeddings, DdnConfig ddn) {
    this.knowledge = knowledge;
    this.embeddings = embeddings;
    this.ddn = ddn;
  }

  List<DialogueSystem> all() {
    return List.of(
        new DialogueSystem(
            "encoder-regression",
            "regression on vectors of the encoder, runs of characters and the disease",
            "regularisation " + REGULARISATION + " " + ddn.encoder().name(),
            ProtocolTrainer.each((training, seed, progress) -> regression(training))),
        network("lstm-flat", "LSTM-flat", DialogueBaseline.LSTM_FLAT, RECURRENT),
        network("lstm-hier", "LSTM-hier", DialogueBaseline.LSTM_HIER, RECURRENT),
        network("retain", "RETAIN", DialogueBaseline.RETAIN, RECURRENT),
        network("hitanet", "HiTANet", DialogueBaseline.HITANET, TRANSFORMER),
        network("lsan", "LSAN", DialogueBaseline.LSAN, TRANSFORMER));
  }

  /** The encoder, which is loaded when a system first needs it. */
  private synchronized FrozenEncoder encoder() {
    if (encoder == null) {
      encoder = new FrozenEncoder(ddn.encoder(), ddn.longest());
    }
    return encoder;
  }

  private ProtocolTrainer.Scorer regression(List<DdnFineTuning.Example> training) {
    EncoderRegression regression =
        EncoderRegression.fit(knowledge, encoder(), training, REGULARISATION);
    return (dialogue, disease) ->
        Calibration.none()
            .ofLogits(regression.logits(new DdnModel.Asked(dialogue, disease.index())));
  }

  private DialogueSystem network(
      String key, String title, DialogueBaseline kind, Settings settings) {
    return new DialogueSystem(
        key,
        title,
        String.join(
            " ", kind.name(), settings.toString(), ddn.encoder().name(), "" + ddn.longest()),
        ProtocolTrainer.each(
            (training, seed, progress) ->
                fit(new Untrained(kind, settings, seed), training, progress)));
  }

  /** A network before it is trained. */
  private record Untrained(DialogueBaseline kind, Settings settings, int seed) {

    Schedule schedule() {
      return settings.schedule.withSeed(seed);
    }
  }

  private ProtocolTrainer.Scorer fit(
      Untrained network, List<DdnFineTuning.Example> training, Progress progress) {
    List<DialogueFineTuning.Example> examples = new ArrayList<>();
    for (DdnFineTuning.Example example : training) {
      DdnModel.Asked asked = example.asked();
      examples.add(
          new DialogueFineTuning.Example(
              encoder().read(asked.dialogue()), asked.disease(), example.drugs()));
      progress.update("reading dialogues", examples.size(), training.size());
    }
    Collections.shuffle(examples, new Random(network.seed));
    int heldOut = (int) Math.round(network.settings.heldOut * examples.size());
    int epochs =
        choose(
            network,
            examples.subList(heldOut, examples.size()),
            examples.subList(0, heldOut),
            progress);
    return scorer(train(network, examples, epochs, progress));
  }

  /** The number of epochs after which held-out dialogues are ranked best. */
  private int choose(
      Untrained network,
      List<DialogueFineTuning.Example> training,
      List<DialogueFineTuning.Example> heldOut,
      Progress progress) {
    int best = 1;
    double most = 0;
    try (DialogueBaselineModel model = model(network, progress);
        DialogueFineTuning tuning = new DialogueFineTuning(model, training, network.schedule())) {
      for (int epoch = 1;
          epoch <= tuning.epochs() && epoch - best <= network.settings.patience;
          epoch++) {
        epoch(tuning, epoch, "choosing epochs", progress);
        double precision = tuning.measureAverages(() -> precision(model, heldOut));
        progress.finished(String.format("epoch %d: average precision %.3f", epoch, precision));
        if (precision > most) {
          most = precision;
          best = epoch;
        }
      }
    }
    return best;
  }

  private DialogueBaselineModel train(
      Untrained network, List<DialogueFineTuning.Example> training, int epochs, Progress progress) {
    DialogueBaselineModel model = model(network, progress);
    try (DialogueFineTuning tuning = new DialogueFineTuning(model, training, network.schedule())) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        epoch(tuning, epoch, "training", progress);
      }
      tuning.keepAverages();
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private DialogueBaselineModel model(Untrained network, Progress progress) {
    Settings settings = network.settings;
    DialogueBaselineModel model =
        new DialogueBaselineModel(
            network.kind,
            knowledge,
            encoder().size(),
            settings.hidden,
            settings.dropout,
            network.seed);
    model.startFrom(embeddings.get(progress));
    return model;
  }

  private static void epoch(DialogueFineTuning tuning, int epoch, String what, Progress progress) {
    String which = what + ", epoch " + epoch;
    double loss =
        tuning.epoch(
            epoch,
            (done, now) ->
                progress.update(
                    which, String.format("loss %.2f", now), done, tuning.unitsAnEpoch()));
    progress.finished(String.format("%s: mean loss %.2f", which, loss));
  }

  /** Average precision, averaged over dialogues. */
  private static double precision(
      DialogueBaselineModel model, List<DialogueFineTuning.Example> examples) {
    return examples.stream()
        .filter(example -> !example.drugs().isEmpty())
        .mapToDouble(
            example ->
                Ranking.averagePrecision(
                    Ranking.of(
                        Calibration.none()
                            .ofLogits(model.logits(example.dialogue(), example.disease()))),
                    example.drugs().stream().mapToInt(Integer::intValue).sorted().toArray()))
        .average()
        .orElse(0);
  }

  private ProtocolTrainer.Scorer scorer(DialogueBaselineModel model) {
    return new ProtocolTrainer.Scorer() {
      @Override
      public float[] score(Dialogue dialogue, DialogueDisease disease) {
        return Calibration.none().ofLogits(model.logits(encoder().read(dialogue), disease.index()));
      }

      @Override
      public void close() {
        model.close();
      }
    };
  }
}
