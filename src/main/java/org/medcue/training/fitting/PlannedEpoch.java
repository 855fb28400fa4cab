package org.medcue.training.fitting;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medcue.model.learning.TrainingPhase;

/**
 * One epoch of a training.
 *
 * @param phase what runs
 * @param number in that phase, from 1
 * @param fineTuning whether validation patients are scored after it
 */
record PlannedEpoch(TrainingPhase<?> phase, int number, boolean fineTuning) {

  /** All epochs of a training in order, each phase's shared out over the rounds. */
  static List<PlannedEpoch> all(
      @Nullable TrainingPhase<?> preTraining, TrainingPhase<?> fineTuning, int rounds) {
    List<PlannedEpoch> epochs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (preTraining != null) {
        add(epochs, preTraining, false, round, rounds);
      }
      add(epochs, fineTuning, true, round, rounds);
    }
    return epochs;
  }

  /** The epochs of a training of one phase, after which nobody is scored. */
  static List<PlannedEpoch> of(TrainingPhase<?> phase) {
    List<PlannedEpoch> epochs = new ArrayList<>();
    add(epochs, phase, false, 0, 1);
    return epochs;
  }

  /** The round's share of a phase's epochs. */
  private static void add(
      List<PlannedEpoch> epochs,
      TrainingPhase<?> phase,
      boolean fineTuning,
      int round,
      int rounds) {
    int all = phase.epochs();
    for (int number = all * round / rounds + 1; number <= all * (round + 1) / rounds; number++) {
      epochs.add(new PlannedEpoch(phase, number, fineTuning));
    }
  }

  /** Phase and number for people, such as {@code fine-tuning 2/8}. */
  String title() {
    return phase.name() + " " + number + "/" + phase.epochs();
  }

  /** Visits trained on. */
  int units() {
    return phase.unitsAnEpoch();
  }
}
