package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.visits.FineTuning;

class FineTuningTest {

  /** Two drugs of which the diagnosis decides one: guessing costs 2 · ln 2 = 1.39 a visit. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void networkLearnsWhichDiagnosisBringsWhichDrug(boolean drugMemory) {
    MrKpaConfig config = new MrKpaConfig(16, 2, 2, 2, 24, 0.1f, drugMemory);
    try (MrKpaModel model = MrKpaModel.initialise(config, SmallCohort.vocabulary(), 1)) {
      assertThat(lastLoss(model, 6)).isLessThan(0.3);
    }
  }

  @Test
  void everyParameterIsTrained() {
    try (MrKpaModel model = SmallCohort.untrained(1)) {
      Map<String, float[]> before = new HashMap<>();
      model.parameters().forEach((name, p) -> before.put(name, p.getArray().toFloatArray()));

      lastLoss(model, 1); // without weight decay: what changes had a gradient

      model
          .parameters()
          .forEach(
              (name, p) ->
                  assertThat(p.getArray().toFloatArray()).as(name).isNotEqualTo(before.get(name)));
    }
  }

  /** Garbage collection must not touch what a backward pass still reads. */
  @Test
  void collectingGarbageBetweenStepsChangesNothing() {
    Thread collector = new Thread(FineTuningTest::collectUntilInterrupted);
    try (MrKpaModel calm = SmallCohort.untrained(1)) {
      double expected = lastLoss(calm, 1);
      collector.start();
      try (MrKpaModel disturbed = SmallCohort.untrained(1)) {
        assertThat(lastLoss(disturbed, 1)).isEqualTo(expected);
      }
    } finally {
      collector.interrupt();
    }
  }

  private static void collectUntilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      System.gc();
      LockSupport.parkNanos(10_000_000); // a collection is long in the heap of all tests
    }
  }

  private static double lastLoss(MrKpaModel model, int epochs) {
    TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(epochs, 8, 1e-2f, 0, 1);
    FineTuning tuning = new FineTuning(model, SmallCohort.KNOWLEDGE, cohort(), schedule);
    double loss = 0;
    for (int epoch = 0; epoch < schedule.epochs(); epoch++) {
      loss = tuning.epoch(epoch + 1, (done, now) -> {});
    }
    return loss;
  }

  private static List<PatientRecord> cohort() {
    List<String> others = List.of("I10", "M54.5", "E78.5", "F32.9");
    Random random = new Random(5);
    List<PatientRecord> cohort = new ArrayList<>();
    for (int p = 0; p < 60; p++) {
      List<Visit> visits = new ArrayList<>();
      for (int day = 0; day < 4; day++) {
        Set<String> diagnoses = new TreeSet<>();
        diagnoses.add(others.get(random.nextInt(others.size())));
        diagnoses.add(others.get(random.nextInt(others.size())));
        boolean kidney = random.nextBoolean();
        if (kidney) {
          diagnoses.add("N18.3");
        }
        Set<String> drugs = Set.of(kidney ? "106892" : "105078");
        visits.add(SmallCohort.visit(day, diagnoses, Set.of("R05.9"), drugs));
      }
      cohort.add(new PatientRecord("p" + p, visits));
    }
    return cohort;
  }
}
