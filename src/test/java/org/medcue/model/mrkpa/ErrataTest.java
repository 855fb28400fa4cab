package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitSequence;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.nn.Golden;
import org.medcue.model.nn.Torch;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.VisitBatch;

/**
 * Where the equations of the MR-KPA paper cannot be meant as printed, and the faults of its public
 * code: each pinned here as it was resolved. Equation 12's sign is pinned in {@link
 * AdversarialFineTuningTest}.
 */
class ErrataTest {

  /** As printed, a code that is absent would be rewarded for being likely. */
  @Test
  void equation5AbsentCodesCountByTheirAbsenceAndEquation9HasAllSixDirections() throws IOException {
    PatientRecord patient =
        TinyNetwork.patient("p", Golden.read("pre-training.json").get("visits"));
    TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(1, 4, 1e-2f, 0, 1);
    try (MrKpaModel model = TinyNetwork.model(true);
        PreTraining preTraining =
            PreTraining.of(model, SmallCohort.KNOWLEDGE, List.of(patient), schedule);
        NDManager arrays = model.manager().newSubManager()) {
      // The first visit holds diagnosis 0 of 3, drug 0 of 2 and symptom 0 of 2.
      List<EncodedVisit> first = TinyNetwork.encoded(model, patient).subList(0, 1);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(preTraining.loss(first, first, arrays));
      }

      Map<String, float[]> ofBias = new TreeMap<>();
      preTraining
          .state()
          .forEach(
              (name, array) -> {
                if (name.startsWith("heads.") && name.endsWith(".output.bias")) {
                  ofBias.put(name, array.getGradient().toFloatArray());
                }
              });
      assertThat(ofBias).hasSize(9); // three of masked fields, six of correlations
      ofBias.forEach(
          (name, gradient) -> {
            assertThat(gradient.length).as(name).isEqualTo(name.contains("Todiagnoses") ? 3 : 2);
            assertThat(gradient[0]).as("%s, present", name).isBetween(-1f, -1e-6f);
            for (int i = 1; i < gradient.length; i++) {
              assertThat(gradient[i]).as("%s, absent", name).isBetween(1e-6f, 1f);
            }
          });
    }
  }

  @Test
  void equation10TakesFiveVectors() throws IOException {
    try (MrKpaModel model = TinyNetwork.model(false)) {
      NDArray weight = Objects.requireNonNull(model.parameters().get("head.weight")).getArray();
      assertThat(weight.getShape()).isEqualTo(new Shape(3, 5 * 8));
    }
  }

  /** The public code leaves the present symptoms out. */
  @ParameterizedTest
  @CsvSource({
    "0, diagnoses",
    "0, symptoms",
    "0, drugs",
    "1, diagnoses",
    "1, symptoms",
    "1, drugs",
    "2, diagnoses",
    "2, symptoms"
  })
  void equation10ReadsEachFieldOfThePastAndPresentSymptomsToo(int visit, String field) {
    PatientRecord patient =
        SmallCohort.patient(
            "p",
            SmallCohort.visit(0, Set.of("I10"), Set.of("R05.9"), Set.of("314076")),
            SmallCohort.visit(1, Set.of("E11.9"), Set.of("R07.9"), Set.of("197886")),
            SmallCohort.visit(2, Set.of("J20.9"), Set.of("R51.9"), Set.of("105585")));
    Visit other =
        SmallCohort.visit(
            visit,
            field.equals("diagnoses") ? Set.of("N18.3") : Set.of("I10", "E11.9", "J20.9"),
            field.equals("symptoms") ? Set.of("R10.9") : Set.of("R05.9", "R07.9", "R51.9"),
            field.equals("drugs") ? Set.of("617318") : Set.of("314076", "197886", "105585"));
    Visit own = patient.visits().get(visit);
    Visit altered =
        Visit.of(
            own.id(),
            own.start(),
            field.equals("diagnoses") ? other.diagnoses() : own.diagnoses(),
            field.equals("symptoms") ? other.symptoms() : own.symptoms(),
            field.equals("drugs") ? other.drugs() : own.drugs());
    try (MrKpaModel model =
        MrKpaModel.initialise(
            SmallCohort.CONFIG.withoutDrugMemory(), SmallCohort.vocabulary(), 1)) {
      assertThat(lastVisit(model, SmallCohort.with(patient, visit, altered)))
          .isNotEqualTo(lastVisit(model, patient));
    }
  }

  private static float[] lastVisit(MrKpaModel model, PatientRecord patient) {
    float[][] rows = Logits.of(model, TinyNetwork.batch(model, List.of(patient)));
    return rows[rows.length - 1];
  }

  @ParameterizedTest
  @CsvSource({"-30", "-4", "-0.5", "0", "0.5", "4", "15"})
  void equation11AbsentDrugsCostTheLogarithmOfOneMinusTheProbability(float logit) {
    double p = 1 / (1 + Math.exp(-logit));
    try (NDManager manager = Torch.newManager()) {
      NDArray logits = manager.create(new float[] {logit, logit});
      NDArray answers = manager.create(new float[] {1, 0});

      float[] loss = FineTuning.binaryCrossEntropy(logits, answers).toFloatArray();

      assertThat((double) loss[0]).isCloseTo(-Math.log(p), within(1e-5));
      assertThat((double) loss[1]).isCloseTo(-Math.log1p(-p), within(1e-5));
    }
  }

  @Test
  void equation11DoesNotOverflow() {
    try (NDManager manager = Torch.newManager()) {
      NDArray logits = manager.create(new float[] {300, 300, -300, -300});
      NDArray answers = manager.create(new float[] {1, 0, 1, 0});

      assertThat(FineTuning.binaryCrossEntropy(logits, answers).toFloatArray())
          .containsExactly(new float[] {0, 300, 300, 0}, within(1e-4f));
    }
  }

  /** As printed, the drugs to be recommended are among the inputs. */
  @Test
  void definition2PresentDrugsCannotBeGiven() {
    Visit past = SmallCohort.visit(0, Set.of("I10"), Set.of(), Set.of("314076"));
    Visit present = SmallCohort.visit(1, Set.of("I10"), Set.of(), Set.of("314076"));

    assertThatThrownBy(() -> new VisitSequence(List.of(past), present))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("to be predicted");
  }

  /** The paper moves visit vectors, its public code tables; neither is the other, nor nothing. */
  @ParameterizedTest
  @EnumSource
  void equations12And13AreThereInBothReadings(Attack.Target target) throws IOException {
    Map<Attack.Target, List<Float>> gradients = new HashMap<>();
    try (MrKpaModel model = TinyNetwork.model(true)) {
      for (Attack.Target each : Attack.Target.values()) {
        gradients.put(each, gradient(model, each));
      }
    }
    assertThat(gradients).hasSize(3);
    List<Float> own = gradients.remove(target);
    assertThat(gradients.values()).doesNotContain(own);
  }

  private static List<Float> gradient(MrKpaModel model, Attack.Target target) throws IOException {
    VisitBatch batch = TinyNetwork.batch(model, TinyNetwork.patients());
    TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(1, 4, 1e-2f, 0, 1);
    try (AdversarialFineTuning tuning =
            new AdversarialFineTuning(
                model,
                SmallCohort.KNOWLEDGE,
                TinyNetwork.patients(),
                schedule,
                new Attack(target, 1));
        NDManager arrays = model.manager().newSubManager()) {
      tuning.accumulateGradients(new FineTuning.Batch(batch, List.of(0, 1)), arrays);
    }
    float[] ofHead = Objects.requireNonNull(TinyNetwork.takeGradients(model).get("head.weight"));
    return IntStream.range(0, ofHead.length).mapToObj(i -> ofHead[i]).toList();
  }
}
