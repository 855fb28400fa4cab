package org.medcue.model.ddn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.nn.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.model.nn.DeviceChoice;

class DdnModelTest {

  private static final DialogueKnowledge KNOWLEDGE =
      DialogueKnowledge.load(Path.of("model-registry"), DialogueKnowledge.bundled());
  private static final int COUGH_DRUG = 3;
  private static final int SKIN_DRUG = 40;

  @Test
  void learnsWhichComplaintGetsWhichDrug() {
    try (DdnModel model = model(DdnConfig.standard())) {
      List<DdnFineTuning.Example> examples = new ArrayList<>();
      for (String days : List.of("一天", "两天", "三天", "一周")) {
        examples.add(new DdnFineTuning.Example(asked("咳嗽有痰" + days), List.of(COUGH_DRUG)));
        examples.add(new DdnFineTuning.Example(asked("皮肤很痒" + days), List.of(SKIN_DRUG)));
      }
      try (DdnFineTuning tuning =
          new DdnFineTuning(model, examples, new Schedule(6, 4, 3e-3f, 0.01f, 5))) {
        double first = tuning.epoch(1, (done, loss) -> {});
        double last = first;
        for (int epoch = 2; epoch <= 6; epoch++) {
          last = tuning.epoch(epoch, (done, loss) -> {});
        }
        assertThat(last).isLessThan(first / 2);
        tuning.keepAverages();
      }

      float[][] logits = model.logits(List.of(asked("咳嗽四天了"), asked("痒了四天")));

      assertThat(logits[0][COUGH_DRUG]).isGreaterThan(logits[0][SKIN_DRUG]);
      assertThat(logits[1][SKIN_DRUG]).isGreaterThan(logits[1][COUGH_DRUG]);
    }
  }

  @Test
  void eachDialogueIsScoredTheSameInABatchOfSeveral() {
    try (DdnModel model = model(DdnConfig.standard())) {
      randomOutput(model);
      List<DdnModel.Asked> asked = List.of(asked("咳嗽"), asked("皮肤很痒，起了红疹子，晚上更厉害"));

      float[][] alone = model.logits(asked);
      float[] together = model.together(asked);

      for (int drug = 0; drug < alone[0].length; drug++) {
        assertThat(together[drug]).isCloseTo(alone[0][drug], within(1e-4f));
        assertThat(together[alone[0].length + drug]).isCloseTo(alone[1][drug], within(1e-4f));
      }
    }
  }

  @Test
  void diseaseChangesWhatIsSuggested() {
    try (DdnModel model = model(DdnConfig.standard())) {
      randomOutput(model);

      float[][] logits =
          model.logits(
              List.of(
                  new DdnModel.Asked(dialogue("咳嗽"), 0), new DdnModel.Asked(dialogue("咳嗽"), 1)));

      assertThat(Arrays.equals(logits[0], logits[1])).isFalse();
    }
  }

  /** The gate of the dialogue graph begins closed, so it is opened here. */
  @Test
  void eitherGraphReachesTheScores() {
    try (DdnModel model = model(DdnConfig.standard())) {
      randomOutput(model);
      float[] closed = model.logits(List.of(asked("咳嗽")))[0];

      Parameter gate = Objects.requireNonNull(model.parameters().get("gate"));
      gate.getArray().addi(1);
      float[] open = model.logits(List.of(asked("咳嗽")))[0];
      model.parameters().entrySet().stream()
          .filter(parameter -> parameter.getKey().endsWith("entities"))
          .forEach(entities -> entities.getValue().getArray().muli(-2));
      float[] otherFacts = model.logits(List.of(asked("咳嗽")))[0];

      assertThat(open).isNotEqualTo(closed);
      assertThat(otherFacts).isNotEqualTo(open);
    }
  }

  @Test
  void worksWithoutEitherGraph() {
    for (DdnConfig config :
        List.of(
            DdnConfig.standard().withoutDialogueGraph(),
            DdnConfig.standard().withoutKnowledgeGraph())) {
      try (DdnModel model = model(config)) {
        assertThat(model.logits(List.of(asked("咳嗽")))[0]).hasSize(70);
      }
    }
  }

  @Test
  void predictionsLeaveNoArrays() {
    try (DdnModel model = model(DdnConfig.standard())) {
      model.logits(List.of(asked("咳嗽")));
      int before = arrays(model);
      for (int i = 0; i < 5; i++) {
        model.logits(List.of(asked("咳嗽")));
      }
      assertThat(arrays(model)).isEqualTo(before);
    }
  }

  private static int arrays(DdnModel model) {
    return ((BaseNDManager) model.manager()).getManagedArrays().size();
  }

  /** The output's weights begin at zero, which would hide everything. */
  private static void randomOutput(DdnModel model) {
    var weights = model.network().output().getParameters().get("weight");
    weights.getArray().set(random((int) weights.getArray().size()));
  }

  private static float[] random(int size) {
    java.util.Random random = new java.util.Random(3);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian() * 0.1f;
    }
    return values;
  }

  private static DdnModel model(DdnConfig config) {
    return DdnModel.initialise(config, KNOWLEDGE, 7, DeviceChoice.CPU);
  }

  private static DdnModel.Asked asked(String complaint) {
    return new DdnModel.Asked(dialogue(complaint), 0);
  }

  private static Dialogue dialogue(String complaint) {
    return new Dialogue(
        List.of(
            new Utterance(Speaker.PATIENT, complaint),
            new Utterance(Speaker.DOCTOR, "还有别的不舒服吗？"),
            new Utterance(Speaker.PATIENT, "没有")));
  }
}
