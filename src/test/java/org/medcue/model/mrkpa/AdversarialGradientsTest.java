package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.nn.Golden;
import org.medcue.model.nn.Gradients;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.VisitBatch;

/** The gradients that a fine-tuning step leaves, against numbers computed without this code. */
class AdversarialGradientsTest {

  @ParameterizedTest
  @CsvSource({
    "NONE, true",
    "TABLES, true",
    "VISITS, true",
    "NONE, false",
    "TABLES, false",
    "VISITS, false"
  })
  void gradientsAreTheCleanOnesPlusThoseUnderAttack(Attack.Target target, boolean drugMemory)
      throws IOException {
    Golden golden = Golden.read("adversarial.json");
    String network = drugMemory ? "WithDrugMemory" : "OfFiveVectors";
    try (MrKpaModel model = TinyNetwork.model(drugMemory);
        AdversarialFineTuning tuning = tuning(model, golden, target);
        NDManager arrays = model.manager().newSubManager()) {
      VisitBatch batch = TinyNetwork.batch(model, TinyNetwork.patients());

      double loss = tuning.accumulateGradients(new FineTuning.Batch(batch, List.of(0, 1)), arrays);

      assertThat(loss).isCloseTo(golden.get("loss" + network).doubleValue(), within(1e-4));
      golden.assertEqual(
          TinyNetwork.takeGradients(model), target.name().toLowerCase(Locale.ROOT) + network, 5e-5);
    }
  }

  private static AdversarialFineTuning tuning(MrKpaModel model, Golden golden, Attack.Target target)
      throws IOException {
    return new AdversarialFineTuning(
        model,
        SmallCohort.KNOWLEDGE,
        TinyNetwork.patients(),
        new TrainingPhase.Schedule(1, golden.integer("batch"), 1e-2f, 0, 1),
        new Attack(target, golden.get("epsilon").floatValue()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gradientsOfTheLossAgreeWithDifferences(boolean drugMemory) throws IOException {
    try (MrKpaModel model = TinyNetwork.model(drugMemory);
        NDManager manager = model.manager().newSubManager()) {
      VisitBatch batch = TinyNetwork.batch(model, TinyNetwork.patients());
      Shape shape = new Shape(batch.targetCount(), batch.labelCount());
      NDArray answers = manager.create(batch.answers(), shape);
      Gradients.assertArraysAgreeWithDifferences(
          manager,
          TinyNetwork.arrays(model.parameters()),
          store -> {
            NDArray table = model.network().tokenTable(store, manager, true);
            NDArray logits = model.network().logits(store, manager, table, batch, true);
            return new NDList(FineTuning.binaryCrossEntropy(logits, answers).sum());
          });
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void batchOfPatientsIsTheSumOfEachAlone(boolean drugMemory) throws IOException {
    Golden golden = Golden.read("adversarial.json");
    List<PatientRecord> patients = TinyNetwork.patients();
    try (MrKpaModel model = TinyNetwork.model(drugMemory);
        AdversarialFineTuning tuning = tuning(model, golden, Attack.Target.NONE);
        NDManager arrays = model.manager().newSubManager()) {
      VisitBatch both = TinyNetwork.batch(model, patients);
      double loss = tuning.accumulateGradients(new FineTuning.Batch(both, List.of(0, 1)), arrays);
      Map<String, float[]> together = TinyNetwork.takeGradients(model);

      double sum = 0;
      Map<String, float[]> sums = new HashMap<>();
      for (int p = 0; p < patients.size(); p++) {
        VisitBatch alone = TinyNetwork.batch(model, patients.subList(p, p + 1));
        sum += tuning.accumulateGradients(new FineTuning.Batch(alone, List.of(p)), arrays);
        TinyNetwork.takeGradients(model)
            .forEach((name, g) -> sums.merge(name, g, AdversarialGradientsTest::add));
      }

      assertThat(loss).isCloseTo(sum, within(1e-4));
      together.forEach(
          (name, g) ->
              assertThat(g)
                  .as(name)
                  .containsExactly(Objects.requireNonNull(sums.get(name)), within(2e-5f)));
    }
  }

  private static float[] add(float[] a, float[] b) {
    float[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }
}
