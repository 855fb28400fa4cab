package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.clinical.Dialogue;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.model.ddn.Ddn;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.ddn.DdnModel;
import org.medcue.model.ddn.WordingRegression;
import org.medcue.model.learning.Calibration;
import org.medcue.training.Progress;
import org.medcue.training.fitting.Checkpoints;
import org.medcue.training.fitting.TrainingInputs;

class DdnFittingTest {

  /** Without the knowledge graph, whose embeddings take a minute. */
  private static final DdnConfig CONFIG = DdnConfig.standard().withoutKnowledgeGraph();

  private static final DdnFitting FITTING =
      new DdnFitting(Talk.KNOWLEDGE, new GraphEmbeddings(Talk.KNOWLEDGE.graph()));
  private static final List<LabelledDialogue> TALKS = talks();

  private static List<LabelledDialogue> talks() {
    List<LabelledDialogue> talks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      talks.add(
          Talk.labelled(
              "talks:" + i,
              Talk.dialogue("P肚子疼，拉肚子" + i + "天", "D有发热吗", "P没有", "D可以吃[MASK]"),
              "急性胃肠炎",
              "黄连素"));
      talks.add(
          Talk.labelled(
              "itch:" + i,
              Talk.dialogue("P皮肤很痒" + i + "天", "D过敏吗", "D用[MASK]和[MASK]", "P好的"),
              "皮炎",
              "氯雷他定"));
    }
    return talks;
  }

  @Test
  void trainingResumedAfterAKillEndsWithTheSameWeights(@TempDir Path folder) {
    Checkpoints checkpoints = new Checkpoints(folder.resolve("training"), TrainingInputs.of("toy"));
    Progress killed =
        new Progress() {
          @Override
          public void update(String what, long done, long total) {
            if (what.startsWith("fine-tuning 3/")) {
              throw new IllegalStateException("killed");
            }
          }
        };

    float[] straight;
    try (DdnModel model = fit(null, (what, done, total) -> {})) {
      straight = logits(model);
    }
    assertThatThrownBy(() -> fit(checkpoints, killed)).hasMessage("killed");
    try (DdnModel model = fit(checkpoints, (what, done, total) -> {})) {
      assertThat(logits(model)).containsExactly(straight);
    }
  }

  private static DdnModel fit(@Nullable Checkpoints checkpoints, Progress progress) {
    return FITTING.network(CONFIG, TALKS, 3, checkpoints, progress);
  }

  private static float[] logits(DdnModel model) {
    Dialogue read = Protocol.CLINICAL.read(TALKS.get(0).dialogue());
    return model.logits(List.of(new DdnModel.Asked(read, 0)))[0];
  }

  /** The leaks of MODELS.md, on a trained model: not a bit of a probability may change. */
  @Test
  void neitherMarksNorWhatFollowsNorLabelsReachTheClinicalModel() {
    DialogueDisease disease = Talk.disease("急性胃肠炎");
    try (Ddn ddn =
        new Ddn(fit(null, (what, done, total) -> {}), FITTING.wording(TALKS), Calibration.none())) {
      float[] probabilities = judged(ddn, disease, "D可以吃[MASK]");

      assertThat(judged(ddn, disease, "D可以吃[MASK]，[mask]，[MASK]")).containsExactly(probabilities);
      assertThat(judged(ddn, disease, "D可以吃[MASK]黄连素，一天三次", "P谢谢", "D多喝水[MASK]"))
          .containsExactly(probabilities);
      assertThat(judged(ddn, disease, "D可以吃蒙脱石[MASK]")).isNotEqualTo(probabilities);
      assertThat(judged(ddn, disease, "P吃过黄连素", "D可以吃[MASK]")).isNotEqualTo(probabilities);
    }
  }

  @Test
  void whatIsServedIsTheBlendThatCrossValidationJudges() {
    Calibration calibration = new Calibration(1.3);
    WordingRegression wording = FITTING.wording(TALKS);
    DdnModel network = fit(null, (what, done, total) -> {});
    CrossValidation.Fold fold = new CrossValidation.Fold(1, TALKS, TALKS);
    KeptFold halves =
        kept(fold, asked -> network.logits(List.of(asked))[0])
            .blendedWith(kept(fold, wording::logits), Ddn.NETWORK_SHARE)
            .calibrated(calibration);
    try (Ddn ddn = new Ddn(network, wording, calibration)) {
      ScoredDialogue judged = halves.scored(fold, Protocol.CLINICAL).get(0);
      LabelledDialogue first = TALKS.get(0);

      float[] served =
          ddn.probabilities(Protocol.CLINICAL.read(first.dialogue()), first.disease().index());

      assertThat(served).containsExactly(judged.probabilities(), within(1e-5f));
    }
  }

  private static KeptFold kept(
      CrossValidation.Fold fold, Function<DdnModel.Asked, float[]> logits) {
    DialogueScorer scorer =
        (dialogue, disease) ->
            Calibration.none()
                .ofLogits(logits.apply(new DdnModel.Asked(dialogue, disease.index())));
    return KeptFold.of("data", 0, fold, protocol -> scorer, (what, done, total) -> {});
  }

  /** As {@code medcue evaluate ddn} has it, with other annotations each time. */
  private static float[] judged(Ddn ddn, DialogueDisease disease, String... end) {
    List<String> said = new ArrayList<>(List.of("P肚子疼，拉肚子", "D有发热吗", "P没有"));
    said.addAll(List.of(end));
    LabelledDialogue dialogue =
        Talk.labelled(
            "talks:1",
            Talk.dialogue(said.toArray(String[]::new)),
            disease.label(),
            end.length == 1 ? "黄连素" : "氯雷他定");
    return ScoredDialogue.all(
            List.of(dialogue), Protocol.CLINICAL, new DdnScorer(ddn), (what, done, total) -> {})
        .get(0)
        .probabilities();
  }
}
