package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.nn.Torch;

/** On one thread of a CPU a seed decides every bit. */
class RepeatabilityTest {

  private static final List<PatientRecord> PATIENTS = SmallCohort.patients(6, 3, 2);
  private static final MrKpaConfig TINY = new MrKpaConfig(8, 2, 1, 2, 8, 0.1f, true);
  private static final Set<String> HEAD = Set.of("head", "query", "key", "firstVisit");

  @ParameterizedTest
  @EnumSource
  void sameSeedGivesTheSameWeightsToTheBit(Attack.Target target) {
    Map<String, List<Integer>> weights = trained(target, 1, () -> {});

    assertThat(trained(target, 1, () -> {})).isEqualTo(weights);
    assertThat(trained(target, 2, () -> {})).isNotEqualTo(weights);
  }

  /** As an evaluation, or another process after an interruption, would. */
  @Test
  void randomNumbersDrawnBetweenEpochsChangeNothing() {
    assertThat(trained(Attack.Target.TABLES, 1, () -> Torch.seed(12345)))
        .isEqualTo(trained(Attack.Target.TABLES, 1, () -> {}));
  }

  private static Map<String, List<Integer>> trained(
      Attack.Target target, int seed, Runnable beforeEpoch) {
    TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(2, 8, 1e-2f, 0.01f, seed);
    try (MrKpaModel model = MrKpaModel.initialise(TINY, SmallCohort.vocabulary(), 5);
        PreTraining preTraining = PreTraining.of(model, SmallCohort.KNOWLEDGE, PATIENTS, schedule);
        AdversarialFineTuning tuning =
            new AdversarialFineTuning(
                model, SmallCohort.KNOWLEDGE, PATIENTS, schedule, new Attack(target, 1))) {
      for (TrainingPhase<?> phase : List.of(preTraining, tuning)) {
        for (int epoch = 1; epoch <= schedule.epochs(); epoch++) {
          beforeEpoch.run();
          phase.epoch(epoch, (done, loss) -> {});
        }
      }
      return TinyNetwork.bits(model);
    }
  }

  @Test
  void masksAreOthersInEveryEpoch() {
    TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(3, 64, 1e-30f, 0, 1);
    try (MrKpaModel model =
            MrKpaModel.initialise(
                new MrKpaConfig(16, 2, 1, 2, 16, 0, true), SmallCohort.vocabulary(), 1);
        PreTraining preTraining =
            PreTraining.of(model, SmallCohort.KNOWLEDGE, PATIENTS, schedule)) {
      double first = preTraining.epoch(1, (done, loss) -> {});
      double second = preTraining.epoch(2, (done, loss) -> {});

      assertThat(second).isNotEqualTo(first);
      assertThat(preTraining.epoch(1, (done, loss) -> {})).isEqualTo(first);
    }
  }

  @Test
  void preTrainingMovesTheEncodingAndLeavesTheHeadAlone() {
    TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(1, 8, 1e-2f, 0, 1);
    try (MrKpaModel model = SmallCohort.untrained(5);
        PreTraining preTraining =
            PreTraining.of(model, SmallCohort.KNOWLEDGE, PATIENTS, schedule)) {
      Map<String, List<Integer>> before = TinyNetwork.bits(model);
      preTraining.epoch(1, (done, loss) -> {});
      Map<String, List<Integer>> after = new HashMap<>(TinyNetwork.bits(model));

      Set<String> unmoved =
          before.keySet().stream()
              .filter(name -> Objects.equals(before.get(name), after.get(name)))
              .map(name -> name.split("\\.")[0])
              .collect(Collectors.toSet());
      assertThat(unmoved)
          .containsAll(HEAD)
          .doesNotContain(
              "diagnosisTree", "drugTree", "symptoms", "specials", "roles", "inputNorm", "encoder");
    }
  }

  /** Two drugs, each of its own diagnosis: the vector of the diagnosis comes to tell the drug. */
  @Test
  void preTrainingLearns() {
    List<PatientRecord> patients =
        List.of(
            SmallCohort.patient(
                "a", SmallCohort.visit(0, Set.of("I10"), Set.of("R05.9"), Set.of("314076"))),
            SmallCohort.patient(
                "b", SmallCohort.visit(0, Set.of("J20.9"), Set.of("R51.9"), Set.of("105585"))));
    TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(30, 2, 4e-2f, 0, 1);
    try (MrKpaModel model = SmallCohort.untrained(5);
        PreTraining preTraining =
            PreTraining.of(model, SmallCohort.KNOWLEDGE, patients, schedule)) {
      double first = preTraining.epoch(1, (done, loss) -> {});
      double last = first;
      for (int epoch = 2; epoch <= schedule.epochs(); epoch++) {
        last = preTraining.epoch(epoch, (done, loss) -> {});
      }
      // Nine predictions of two codes: guessing costs 9 · 2 · ln 2 = 12.5.
      assertThat(first).isGreaterThan(12);
      assertThat(last).isLessThan(6);
    }
  }
}
