package org.medcue.model.baseline.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.Speaker;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.baseline.dialogue.DialogueVectors.Said;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.model.nn.Torch;

class DialogueBaselineTest {

  private static final DialogueKnowledge KNOWLEDGE =
      DialogueKnowledge.load(Path.of("model-registry"), DialogueKnowledge.bundled());
  private static final int VECTOR = 6;
  private static final int HIDDEN = 8;
  private static final int DRUGS = 70;

  @ParameterizedTest
  @EnumSource
  void dialogueIsScoredTheSameInABatchWithLongerOnes(DialogueBaseline kind) {
    try (DialogueBaselineModel model = model(kind)) {
      DialogueVectors brief = dialogue(1, 1, 2);
      DialogueVectors talkative = dialogue(2, 3, 1, 5, 2, 1, 1, 4);

      float[] together =
          model.together(
              new VectorBatch(
                  List.of(new VectorBatch.Case(brief, 4), new VectorBatch.Case(talkative, 2))));

      assertThat(Arrays.copyOf(together, DRUGS)).containsExactly(model.logits(brief, 4), near());
      assertThat(Arrays.copyOfRange(together, DRUGS, 2 * DRUGS))
          .containsExactly(model.logits(talkative, 2), near());
    }
  }

  private static Offset<Float> near() {
    return within(1e-5f);
  }

  @ParameterizedTest
  @EnumSource
  void orderOfUtterancesMatters(DialogueBaseline kind) {
    try (DialogueBaselineModel model = model(kind)) {
      DialogueVectors dialogue = dialogue(3, 2, 2, 2);
      List<Said> swapped = new ArrayList<>(dialogue.utterances());
      swapped.add(0, swapped.remove(1));

      assertThat(distance(model, dialogue, new DialogueVectors(swapped))).isGreaterThan(1e-4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void speakerAndDiseaseMatter(DialogueBaseline kind) {
    try (DialogueBaselineModel model = model(kind)) {
      DialogueVectors dialogue = dialogue(3, 2, 2);
      DialogueVectors other =
          new DialogueVectors(
              dialogue.utterances().stream()
                  .map(said -> new Said(Speaker.DOCTOR, said.mean(), said.runs()))
                  .toList());

      assertThat(distance(model, dialogue, other)).isGreaterThan(1e-4);
      assertThat(Arrays.equals(model.logits(dialogue, 0), model.logits(dialogue, 1))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWeightLearns(DialogueBaseline kind) {
    try (DialogueBaselineModel model = model(kind);
        NDManager arrays = model.manager().newSubManager()) {
      model.parameters().values().forEach(p -> p.getArray().setRequiresGradient(true));
      VectorBatch batch =
          new VectorBatch(
              List.of(
                  new VectorBatch.Case(dialogue(5, 2, 3, 1), 0),
                  new VectorBatch.Case(dialogue(6, 1, 4), 1)));
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits =
            model.network().logits(new ParameterStore(arrays, false), arrays, batch, true);
        collector.backward(logits.square().sum());
      }

      model
          .parameters()
          .forEach(
              (name, p) ->
                  assertThat(p.getArray().getGradient().abs().sum().getFloat())
                      .as(name)
                      .isPositive());
    }
  }

  /** The complaint is in the last utterance. */
  @ParameterizedTest
  @EnumSource
  void learnsWhichComplaintGetsWhichDrug(DialogueBaseline kind) {
    List<DialogueFineTuning.Example> examples = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      examples.add(new DialogueFineTuning.Example(complaint(i, i % 2 == 0), 0, List.of(i % 2)));
    }
    try (DialogueBaselineModel model = model(kind);
        DialogueFineTuning tuning =
            new DialogueFineTuning(model, examples, new Schedule(15, 8, 3e-2f, 0, 3))) {
      double[] losses = new double[15];
      for (int epoch = 1; epoch <= losses.length; epoch++) {
        losses[epoch - 1] = tuning.epoch(epoch, (done, loss) -> {});
      }
      tuning.keepAverages();

      assertThat(losses[14]).isLessThan(losses[0] / 2);
      float[] even = model.logits(complaint(101, true), 0);
      float[] odd = model.logits(complaint(102, false), 0);
      assertThat(even[0]).isGreaterThan(even[1]);
      assertThat(odd[1]).isGreaterThan(odd[0]);
    }
  }

  @Test
  void measuringTheAveragesLeavesTheWeightsAsTheyAre() {
    List<DialogueFineTuning.Example> examples =
        List.of(new DialogueFineTuning.Example(dialogue(1, 2, 2), 0, List.of(3)));
    try (DialogueBaselineModel model = model(DialogueBaseline.RETAIN);
        DialogueFineTuning tuning =
            new DialogueFineTuning(model, examples, new Schedule(3, 1, 1e-2f, 0, 3))) {
      tuning.epoch(1, (done, loss) -> {});
      tuning.epoch(2, (done, loss) -> {});
      float[] before = model.logits(dialogue(1, 2, 2), 0);

      double average = tuning.measureAverages(() -> model.logits(dialogue(1, 2, 2), 0)[3]);

      assertThat(average).isNotCloseTo(before[3], within(1e-4));
      assertThat(model.logits(dialogue(1, 2, 2), 0)).isEqualTo(before);
    }
  }

  @Test
  void weightsOfRetainSumToOneOverTheDialogueAlone() {
    try (DialogueBaselineModel model = model(DialogueBaseline.RETAIN);
        NDManager arrays = model.manager().newSubManager()) {
      NDArray mask = arrays.create(new float[][] {{1, 1, 0}, {1, 1, 1}});
      NDArray v = arrays.randomNormal(new Shape(2, 3, HIDDEN));

      float[] alpha =
          ((Retain) model.network())
              .weights(new ParameterStore(arrays, false), v, mask, false)
              .toFloatArray();

      assertThat(alpha[0] + alpha[1]).isCloseTo(1, within(1e-6f));
      assertThat(alpha[2]).isZero();
      assertThat(alpha[3] + alpha[4] + alpha[5]).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void sameSeedGivesTheSameNetwork() {
    DialogueVectors dialogue = dialogue(3, 2, 2);
    try (DialogueBaselineModel one = model(DialogueBaseline.LSAN);
        DialogueBaselineModel other = model(DialogueBaseline.LSAN)) {
      assertThat(one.logits(dialogue, 0)).isEqualTo(other.logits(dialogue, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void predictionsLeaveNoArrays(DialogueBaseline kind) {
    try (DialogueBaselineModel model = model(kind)) {
      model.logits(dialogue(1, 2), 0);
      int before = ((BaseNDManager) model.manager()).getManagedArrays().size();

      model.logits(dialogue(1, 2), 0);

      assertThat(((BaseNDManager) model.manager()).getManagedArrays()).hasSize(before);
    }
  }

  private static double distance(
      DialogueBaselineModel model, DialogueVectors one, DialogueVectors other) {
    float[] logits = model.logits(one, 0);
    float[] others = model.logits(other, 0);
    double most = 0;
    for (int drug = 0; drug < logits.length; drug++) {
      most = Math.max(most, Math.abs(logits[drug] - others[drug]));
    }
    return most;
  }

  /** The output's weights begin at zero, which would hide everything: here they are random. */
  private static DialogueBaselineModel model(DialogueBaseline kind) {
    DialogueBaselineModel model = new DialogueBaselineModel(kind, KNOWLEDGE, VECTOR, HIDDEN, 0, 7);
    NDArray weight = Objects.requireNonNull(model.parameters().get("output.weight")).getArray();
    try (NDArray random = model.manager().randomNormal(weight.getShape())) {
      Torch.copy(random, weight);
    }
    return model;
  }

  private static DialogueVectors complaint(int seed, boolean even) {
    DialogueVectors dialogue = dialogue(seed, 1, 2, 1);
    Said last = dialogue.utterances().get(2);
    last.mean()[0] = even ? 2 : -2;
    last.runs().get(0)[0] = even ? 2 : -2;
    return dialogue;
  }

  /** Patient and doctor by turns, with as many runs as given. */
  private static DialogueVectors dialogue(int seed, int... runs) {
    Random random = new Random(seed);
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < runs.length; i++) {
      List<float[]> vectors = new ArrayList<>();
      for (int run = 0; run < runs[i]; run++) {
        vectors.add(vector(random));
      }
      said.add(new Said(i % 2 == 0 ? Speaker.PATIENT : Speaker.DOCTOR, vector(random), vectors));
    }
    return new DialogueVectors(said);
  }

  private static float[] vector(Random random) {
    float[] vector = new float[VECTOR];
    for (int i = 0; i < VECTOR; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
