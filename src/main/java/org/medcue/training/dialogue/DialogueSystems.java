package org.medcue.training.dialogue;

import java.util.List;
import java.util.stream.Stream;
import org.medcue.clinical.Dialogue;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.ddn.DdnFineTuning;
import org.medcue.model.ddn.DdnModel;
import org.medcue.model.ddn.WordingRegression;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.training.Progress;

/** The systems that {@code medcue compare ddn} fits. */
final class DialogueSystems {

  /** Weight of half the squared weights of the regression on wording. */
  private static final double WORDING_REGULARISATION = 0.03;

  private static final double WHOLE_REGULARISATION = 0.1;

  /** Few epochs: with more, a network learns a thousand dialogues by heart. */
  private static final Schedule SCHEDULE = new Schedule(4, 16, 1e-3f, 0.01f, 0);

  /** How much of the blended logit is the network's. */
  private static final float NETWORK_SHARE = 0.5f;

  private final DialogueKnowledge knowledge;

  DialogueSystems(DialogueKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** All systems: the baselines, then DDN and what it is made of, the quick ones first. */
  List<DialogueSystem> all() {
    return Stream.concat(new DialogueBaselines(knowledge).all().stream(), ddn().stream()).toList();
  }

  private List<DialogueSystem> ddn() {
    DdnConfig whole = DdnConfig.standard();
    return List.of(
        new DialogueSystem(
            "disease-prior",
            "drugs of the disease by frequency",
            "add one",
            (training, seed, progress) -> diseasePrior(training)),
        new DialogueSystem(
            "tf-idf",
            "TF-IDF: regression on runs of characters and the disease",
            "regularisation " + WHOLE_REGULARISATION,
            (training, seed, progress) -> wording(training, true, WHOLE_REGULARISATION)),
        new DialogueSystem(
            "wording",
            "the same by speaker, with drugs that are named",
            "regularisation " + WORDING_REGULARISATION,
            (training, seed, progress) -> wording(training, false, WORDING_REGULARISATION)),
        network("ddn-network", "DDN's network", whole),
        network(
            "ddn-network-without-dialogue-graph",
            "DDN's network without dialogue graph",
            whole.withoutDialogueGraph()),
        network(
            "ddn-network-without-knowledge-graph",
            "DDN's network without knowledge graph",
            whole.withoutKnowledgeGraph()),
        new DialogueSystem(
            "ddn",
            "DDN: the network blended with the regression on wording",
            whole + " " + SCHEDULE + " " + NETWORK_SHARE + " " + WORDING_REGULARISATION,
            this::blended));
  }

  private DialogueSystem network(String key, String title, DdnConfig config) {
    return new DialogueSystem(
        key,
        title,
        config + " " + SCHEDULE,
        (training, seed, progress) -> {
          DdnModel model = train(config, training, seed, progress);
          return new DialogueSystem.Fitted() {
            @Override
            public float[] score(Dialogue dialogue, DialogueDisease disease) {
              return probabilities(model.logits(List.of(asked(dialogue, disease)))[0]);
            }

            @Override
            public void close() {
              model.close();
            }
          };
        });
  }

  private DdnModel train(
      DdnConfig config, List<DdnFineTuning.Example> training, int seed, Progress progress) {
    DdnModel model = DdnModel.initialise(config, knowledge, seed, DeviceChoice.CPU);
    try (DdnFineTuning tuning = new DdnFineTuning(model, training, SCHEDULE.withSeed(seed))) {
      for (int epoch = 1; epoch <= SCHEDULE.epochs(); epoch++) {
        String what = "fine-tuning " + epoch + "/" + SCHEDULE.epochs();
        int before = (epoch - 1) * training.size();
        long total = (long) SCHEDULE.epochs() * training.size();
        double loss =
            tuning.epoch(
                epoch,
                (done, now) ->
                    progress.update(what, String.format("loss %.2f", now), before + done, total));
        progress.finished(String.format("%s: mean loss %.2f", what, loss));
      }
      tuning.keepAverages();
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private DialogueSystem.Fitted blended(
      List<DdnFineTuning.Example> training, int seed, Progress progress) {
    WordingRegression wording =
        WordingRegression.fit(knowledge, training, false, WORDING_REGULARISATION);
    DdnModel model = train(DdnConfig.standard(), training, seed, progress);
    return new DialogueSystem.Fitted() {
      @Override
      public float[] score(Dialogue dialogue, DialogueDisease disease) {
        DdnModel.Asked asked = asked(dialogue, disease);
        float[] logits = model.logits(List.of(asked))[0];
        float[] others = wording.logits(asked);
        for (int drug = 0; drug < logits.length; drug++) {
          logits[drug] = NETWORK_SHARE * logits[drug] + (1 - NETWORK_SHARE) * others[drug];
        }
        return probabilities(logits);
      }

      @Override
      public void close() {
        model.close();
      }
    };
  }

  private DialogueSystem.Fitted wording(
      List<DdnFineTuning.Example> training, boolean wholeAlone, double regularisation) {
    WordingRegression regression =
        WordingRegression.fit(knowledge, training, wholeAlone, regularisation);
    return (dialogue, disease) -> probabilities(regression.logits(asked(dialogue, disease)));
  }

  private DialogueSystem.Fitted diseasePrior(List<DdnFineTuning.Example> training) {
    int drugs = knowledge.drugs().drugs().size();
    float[][] shares = new float[knowledge.diseases().diseases().size()][drugs];
    int[] dialogues = new int[shares.length];
    for (DdnFineTuning.Example example : training) {
      int disease = example.asked().disease();
      dialogues[disease]++;
      example.drugs().forEach(drug -> shares[disease][drug]++);
    }
    for (int disease = 0; disease < shares.length; disease++) {
      for (int drug = 0; drug < drugs; drug++) {
        shares[disease][drug] /= dialogues[disease] + 1;
      }
    }
    return (dialogue, disease) -> shares[disease.index()].clone();
  }

  private static DdnModel.Asked asked(Dialogue dialogue, DialogueDisease disease) {
    return new DdnModel.Asked(dialogue, disease.index());
  }

  private static float[] probabilities(float[] logits) {
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    return probabilities;
  }
}
