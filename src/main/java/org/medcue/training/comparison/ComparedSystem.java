package org.medcue.training.comparison;

import java.util.List;
import java.util.Optional;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.visits.RecordScorer;
import org.medcue.training.CohortSplit;
import org.medcue.training.Progress;
import org.medcue.training.fitting.Checkpoints;
import org.medcue.training.fitting.Fitting;
import org.medcue.training.fitting.MrKpaFitting;

/**
 * One row of the comparison.
 *
 * @param key names its runs, such as {@code mrkpa-without-ontology}
 * @param title for people
 * @param seeds how many runs
 * @param share of the training patients whose sequences are learned from; single visits are those
 *     of all
 * @param settings everything of the system that decides its result: runs made by others are not
 *     mixed
 * @param trainer makes one run
 */
record ComparedSystem(
    String key, String title, int seeds, double share, String settings, Trainer trainer) {

  /** The settings of a system whose result no seed changes. */
  static final String NO_CHANCE = "no chance";

  /** Whether a seed changes the result. */
  boolean hasChance() {
    return !settings.equals(NO_CHANCE);
  }

  /** Makes one run of a system. */
  @FunctionalInterface
  interface Trainer {
    Trained train(Setting setting);
  }

  /**
   * What one run is made from.
   *
   * @param patients of the run; those of fine-tuning are its share
   * @param seed of weights and order, and of the share
   * @param checkpoints of a long run
   * @param progress of its work
   */
  record Setting(
      MrKpaFitting.Patients patients, int seed, Checkpoints checkpoints, Progress progress) {}

  /**
   * A trained system, which the run closes.
   *
   * @param scorer scores visits
   * @param chosen what was chosen on validation patients, in words; empty where nothing was
   * @param outcome of the training; empty where nothing was fitted by steps
   * @param release frees what the scorer reads
   */
  record Trained(
      RecordScorer scorer, String chosen, Optional<Fitting.Outcome> outcome, Runnable release)
      implements AutoCloseable {
    @Override
    public void close() {
      scorer.close();
      release.run();
    }
  }

  /** The name of one run. */
  String run(int seed) {
    return key + "-" + seed;
  }

  /** The patients of a share, by a digest of seed and identifier: the same for every system. */
  List<PatientRecord> draw(List<PatientRecord> training, int seed) {
    if (share >= 1) {
      return training;
    }
    return training.stream()
        .filter(
            p -> CohortSplit.bucket("share:" + seed + ":" + p.patientId(), 10_000) < share * 10_000)
        .toList();
  }
}
