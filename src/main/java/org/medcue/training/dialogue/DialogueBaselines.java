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
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.training.Progress;
import org.medcue.training.evaluation.Ranking;

/**
 * The baselines of the DDN paper's table 2, and the regression on the encoder's vectors. The
 * encoder is not trained for them; what it gives for a dialogue is computed once for all systems
 * and folds.
 *
 * <p>How long a network is trained is chosen on a part of its own training dialogues that is held
 * out; then it is trained anew on all of them for that many epochs.
 */
final class DialogueBaselines {

  /** Weight of half the squared weights of the regression. */
  private static final double REGULARISATION = 0.2;

  /**
   * How a network is trained; the rate falls as if all epochs were done.
   *
   * @param hidden size within the network
   * @param dropout rate while training
   * @param schedule with the most epochs
   * @param patience epochs without a better one after which the rest is not tried
   */
  private record Settings(int hidden, float dropout, Schedule schedule, int patience) {}

  private static final Settings SETTINGS =
      new Settings(256, 0.3f, new Schedule(16, 16, 1e-3f, 0.01f, 0), 3);

  private static final double HELD_OUT = 0.15;

  private final DialogueKnowledge knowledge;
  private @Nullable FrozenEncoder encoder;

  DialogueBaselines(DialogueKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  List<DialogueSystem> all() {
    return List.of(
        new DialogueSystem(
            "encoder-regression",
            "regression on vectors of the encoder, runs of characters and the disease",
            "regularisation " + REGULARISATION,
            (training, seed, progress) -> regression(training)),
        network("lstm-flat", "LSTM-flat", DialogueBaseline.LSTM_FLAT),
        network("lstm-hier", "LSTM-hier", DialogueBaseline.LSTM_HIER),
        network("retain", "RETAIN", DialogueBaseline.RETAIN),
        network("hitanet", "HiTANet", DialogueBaseline.HITANET),
        network("lsan", "LSAN", DialogueBaseline.LSAN));
  }

  /** The encoder, which is loaded when a system first needs it. */
  private synchronized FrozenEncoder encoder() {
    if (encoder == null) {
      DdnConfig config = DdnConfig.standard();
      encoder = new FrozenEncoder(config.encoder(), config.longest());
    }
    return encoder;
  }

  private DialogueSystem.Fitted regression(List<DdnFineTuning.Example> training) {
    EncoderRegression regression =
        EncoderRegression.fit(knowledge, encoder(), training, REGULARISATION);
    return (dialogue, disease) ->
        probabilities(regression.logits(new DdnModel.Asked(dialogue, disease.index())));
  }

  private DialogueSystem network(String key, String title, DialogueBaseline kind) {
    return new DialogueSystem(
        key,
        title,
        kind + " " + SETTINGS,
        (training, seed, progress) -> fit(kind, training, seed, progress));
  }

  private DialogueSystem.Fitted fit(
      DialogueBaseline kind, List<DdnFineTuning.Example> training, int seed, Progress progress) {
    List<DialogueFineTuning.Example> examples = new ArrayList<>();
    for (DdnFineTuning.Example example : training) {
      examples.add(
          new DialogueFineTuning.Example(
              encoder().read(example.asked().dialogue()),
              example.asked().disease(),
              example.drugs()));
      progress.update("reading dialogues", examples.size(), training.size());
    }
    Collections.shuffle(examples, new Random(seed));
    int heldOut = (int) Math.round(HELD_OUT * examples.size());
    int epochs =
        choose(
            kind,
            examples.subList(heldOut, examples.size()),
            examples.subList(0, heldOut),
            seed,
            progress);
    return scorer(train(kind, examples, epochs, seed, progress));
  }

  /** The number of epochs after which held-out dialogues are ranked best. */
  private int choose(
      DialogueBaseline kind,
      List<DialogueFineTuning.Example> training,
      List<DialogueFineTuning.Example> heldOut,
      int seed,
      Progress progress) {
    Schedule schedule = SETTINGS.schedule().withSeed(seed);
    int best = 1;
    double most = 0;
    try (DialogueBaselineModel model = model(kind, seed);
        DialogueFineTuning tuning = new DialogueFineTuning(model, training, schedule)) {
      for (int epoch = 1; epoch <= schedule.epochs(); epoch++) {
        epoch(tuning, epoch, "choosing epochs", progress);
        double precision = tuning.measureAverages(() -> precision(model, heldOut));
        progress.finished(String.format("epoch %d: average precision %.3f", epoch, precision));
        if (precision > most) {
          most = precision;
          best = epoch;
        } else if (epoch - best >= SETTINGS.patience()) {
          break;
        }
      }
    }
    return best;
  }

  private DialogueBaselineModel train(
      DialogueBaseline kind,
      List<DialogueFineTuning.Example> training,
      int epochs,
      int seed,
      Progress progress) {
    DialogueBaselineModel model = model(kind, seed);
    try (DialogueFineTuning tuning =
        new DialogueFineTuning(model, training, SETTINGS.schedule().withSeed(seed))) {
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

  private DialogueBaselineModel model(DialogueBaseline kind, int seed) {
    return new DialogueBaselineModel(
        kind, knowledge, encoder().size(), SETTINGS.hidden(), SETTINGS.dropout(), seed);
  }

  private static void epoch(DialogueFineTuning tuning, int epoch, String what, Progress progress) {
    double loss =
        tuning.epoch(
            epoch,
            (done, now) ->
                progress.update(
                    what + ", epoch " + epoch,
                    String.format("loss %.2f", now),
                    done,
                    tuning.unitsAnEpoch()));
    progress.finished(String.format("%s, epoch %d: mean loss %.2f", what, epoch, loss));
  }

  /** Average precision, averaged over dialogues. */
  private static double precision(
      DialogueBaselineModel model, List<DialogueFineTuning.Example> examples) {
    return examples.stream()
        .filter(example -> !example.drugs().isEmpty())
        .mapToDouble(
            example ->
                Ranking.averagePrecision(
                    Ranking.of(probabilities(model.logits(example.dialogue(), example.disease()))),
                    example.drugs().stream().mapToInt(Integer::intValue).sorted().toArray()))
        .average()
        .orElse(0);
  }

  private DialogueSystem.Fitted scorer(DialogueBaselineModel model) {
    return new DialogueSystem.Fitted() {
      @Override
      public float[] score(Dialogue dialogue, DialogueDisease disease) {
        return probabilities(model.logits(encoder().read(dialogue), disease.index()));
      }

      @Override
      public void close() {
        model.close();
      }
    };
  }

  private static float[] probabilities(float[] logits) {
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    return probabilities;
  }
}
