package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.VisitSequence;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.TrainingPhase;

/** Native arrays are freed by their manager only: what a step leaves behind is never collected. */
class NativeMemoryTest {

  @Test
  void trainingStepsLeaveNoArrays() throws ReflectiveOperationException {
    try (MrKpaModel model = SmallCohort.untrained(7)) {
      // 60 patients of about 4 targets, 8 targets a step: some 26 steps an epoch
      TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(13, 8, 1e-3f, 0.01f, 7);
      List<PatientRecord> patients = SmallCohort.patients(60, 4, 7);
      FineTuning tuning = new FineTuning(model, SmallCohort.KNOWLEDGE, patients, schedule);
      tuning.epoch(1, (done, loss) -> {});
      int before = arrays(model.manager());
      int[] steps = {0};
      while (steps[0] < 300) {
        tuning.epoch(1, (done, loss) -> steps[0]++);
      }

      assertThat(before).isGreaterThanOrEqualTo(model.parameters().size());
      assertThat(arrays(model.manager())).isEqualTo(before);
    }
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
