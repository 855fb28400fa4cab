package org.medcue.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.VisitModel;

/** Native arrays are freed by their manager only: what a step leaves behind is never collected. */
class BaselineMemoryTest {

  @ParameterizedTest
  @EnumSource
  void trainingAndScoringLeaveNoArrays(Baseline baseline) throws ReflectiveOperationException {
    List<PatientRecord> patients = SmallCohort.patients(10, 5, 7);
    try (VisitModel model = baseline.untrained(SmallCohort.vocabulary())) {
      int weights = arrays(model.manager());
      assertThat(weights).isGreaterThanOrEqualTo(model.parameters().size());
      baseline.train(model, patients, 1);
      int afterTraining = arrays(model.manager());
      baseline.train(model, patients, 3);
      try (NetworkScorer scorer = new NetworkScorer(model, SmallCohort.KNOWLEDGE)) {
        patients.forEach(p -> scorer.score(p, List.of(0, 4), new CodeCoverage()));
      }

      assertThat(arrays(model.manager())).isEqualTo(afterTraining);
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
