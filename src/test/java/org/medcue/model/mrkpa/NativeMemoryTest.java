package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.VisitSequence;
import org.medcue.model.learning.TrainingPhase;

/** Native arrays are freed by their manager only: what a step leaves behind is never collected. */
class NativeMemoryTest {

  private static final int STEPS = 40; // a thousand in NativeMemoryIT

  private static final MrKpaConfig TINY = new MrKpaConfig(8, 2, 1, 2, 8, 0.1f, true);
  private static final TrainingPhase.Schedule ONE_A_STEP =
      new TrainingPhase.Schedule(20, 1, 1e-3f, 0.01f, 7);

  @Test
  void stepsOfPreTrainingLeaveNoArrays() throws ReflectiveOperationException {
    assertPreTrainingLeavesNoArrays(STEPS);
  }

  @ParameterizedTest
  @EnumSource
  void stepsOfFineTuningLeaveNoArrays(Attack.Target target) throws ReflectiveOperationException {
    assertFineTuningLeavesNoArrays(target, STEPS);
  }

  static void assertPreTrainingLeavesNoArrays(int steps) throws ReflectiveOperationException {
    try (MrKpaModel model = MrKpaModel.initialise(TINY, SmallCohort.vocabulary(), 7)) {
      List<PatientRecord> patients = SmallCohort.patients(25, 1, 7);
      assertLeavesNoArrays(
          model, PreTraining.of(model, SmallCohort.KNOWLEDGE, patients, ONE_A_STEP), steps);
    }
  }

  static void assertFineTuningLeavesNoArrays(Attack.Target target, int steps)
      throws ReflectiveOperationException {
    try (MrKpaModel model = MrKpaModel.initialise(TINY, SmallCohort.vocabulary(), 7)) {
      List<PatientRecord> patients = SmallCohort.patients(15, 2, 7);
      Attack attack = new Attack(target, 1);
      assertLeavesNoArrays(
          model,
          new AdversarialFineTuning(model, SmallCohort.KNOWLEDGE, patients, ONE_A_STEP, attack),
          steps);
    }
  }

  private static void assertLeavesNoArrays(MrKpaModel model, TrainingPhase<?> phase, int steps)
      throws ReflectiveOperationException {
    phase.epoch(1, (done, loss) -> {});
    int before = arrays(model.manager());
    while (phase.steps() < steps) {
      phase.epoch(2, (done, loss) -> {});
    }
    assertThat(before).isGreaterThanOrEqualTo(model.parameters().size());
    assertThat(arrays(model.manager())).isEqualTo(before);

    phase.close();
    assertThat(arrays(model.manager())).isEqualTo(model.parameters().size());
  }

  @Test
  void predictionsAndExplanationsLeaveNoArrays() throws ReflectiveOperationException {
    try (MrKpaModel model = SmallCohort.untrained(7)) {
      NDManager all = model.manager();
      int withoutPredictor = arrays(all);
      try (MrKpaPredictor predictor = new MrKpaPredictor(model, SmallCohort.KNOWLEDGE)) {
        VisitSequence visits = SmallCohort.patients(1, 5, 7).get(0).before(4);
        predictor.predict(visits);
        int before = arrays(all);
        for (int i = 0; i < 1000; i++) {
          predictor.predict(visits);
        }
        predictor.explain(visits, List.of(new DrugCode(SmallCohort.DRUGS.get(0))));

        assertThat(arrays(all)).isEqualTo(before);
      }
      assertThat(arrays(all)).isEqualTo(withoutPredictor);
    }
  }

  /** Arrays held by a manager and all managers below it. */
  private static int arrays(NDManager manager) throws ReflectiveOperationException {
    int count = 0;
    for (String name : List.of("resources", "tempResources")) {
      Field field = BaseNDManager.class.getDeclaredField(name);
      field.setAccessible(true);
      for (Object held : ((Map<?, ?>) field.get(manager)).values()) {
        count += held instanceof NDManager below ? arrays(below) : 1;
      }
    }
    return count;
  }
}
