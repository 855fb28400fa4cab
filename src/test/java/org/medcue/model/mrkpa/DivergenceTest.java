package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.ModelException;
import org.medcue.model.learning.TrainingPhase;

/** A training that breaks down says where, and names no patient but by number. */
class DivergenceTest {

  private static final TrainingPhase.Schedule ONE_A_STEP =
      new TrainingPhase.Schedule(3, 1, 1e-2f, 0, 1);

  /** The second has nothing at all, the first no drugs. */
  private static final List<PatientRecord> PATIENTS =
      List.of(
          SmallCohort.patient("one", SmallCohort.visit(0, Set.of("I10"), Set.of(), Set.of())),
          SmallCohort.patient("two", SmallCohort.visit(0, Set.of(), Set.of(), Set.of())),
          SmallCohort.patient(
              "three",
              SmallCohort.visit(0, Set.of("I10"), Set.of("R05.9"), Set.of("314076")),
              SmallCohort.visit(1, Set.of("E11.9"), Set.of(), Set.of("105585"))));

  private final MrKpaModel model = SmallCohort.untrained(1);

  @AfterEach
  void close() {
    model.close();
  }

  private void spoil(String parameter) {
    NDArray weights = Objects.requireNonNull(model.parameters().get(parameter)).getArray();
    float[] values = weights.toFloatArray();
    values[0] = Float.NaN;
    weights.set(values);
  }

  @ParameterizedTest
  @EnumSource
  void fineTuningNamesPhaseEpochStepAndPatientsByNumber(Attack.Target target) {
    try (AdversarialFineTuning tuning =
        new AdversarialFineTuning(
            model, SmallCohort.KNOWLEDGE, PATIENTS, ONE_A_STEP, new Attack(target, 1))) {
      tuning.epoch(1, (done, loss) -> {});

      assertThatThrownBy(() -> tuning.epoch(2, (done, loss) -> spoil("head.bias"))) // after step 1
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith("fine-tuning stopped in epoch 2, step 2: the loss is not finite")
          .hasMessageContaining("patients number 3 in order of identifier")
          .hasMessageContaining("learning rate")
          .hasMessageNotContainingAny("three", "I10", "E11.9", "314076", "105585", "\n");
    }
  }

  @Test
  void preTrainingNamesPhaseEpochStepAndPatientsByNumber() {
    List<PatientRecord> third = List.of(PATIENTS.get(1), PATIENTS.get(1), PATIENTS.get(2));
    try (PreTraining preTraining =
        PreTraining.of(model, SmallCohort.KNOWLEDGE, third, ONE_A_STEP)) {
      preTraining.epoch(1, (done, loss) -> {});

      assertThatThrownBy(() -> preTraining.epoch(2, (done, loss) -> spoil("inputNorm.beta")))
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith("pre-training stopped in epoch 2, step 2: the loss is not finite")
          .hasMessageContaining("patients number 3 in order of identifier")
          .hasMessageNotContainingAny("three", "I10", "E11.9", "\n");
    }
  }

  @Test
  void preTrainingNamesEachPatientOfABatchOnce() {
    spoil("inputNorm.beta");
    TrainingPhase.Schedule allAtOnce = new TrainingPhase.Schedule(1, 8, 1e-2f, 0, 1);
    try (PreTraining preTraining =
        PreTraining.of(model, SmallCohort.KNOWLEDGE, PATIENTS, allAtOnce)) {
      assertThatThrownBy(() -> preTraining.epoch(1, (done, loss) -> {}))
          .hasMessageContaining("patients number 1, 3 in order");
    }
  }

  @Test
  void nothingToTrainOnIsRefused() {
    assertThatThrownBy(
            () ->
                PreTraining.of(model, SmallCohort.KNOWLEDGE, List.of(PATIENTS.get(1)), ONE_A_STEP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no visit");
    assertThatThrownBy(
            () ->
                new AdversarialFineTuning(
                    model,
                    SmallCohort.KNOWLEDGE,
                    PATIENTS.subList(0, 2),
                    ONE_A_STEP,
                    new Attack(Attack.Target.NONE, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no training patient");
  }
}
