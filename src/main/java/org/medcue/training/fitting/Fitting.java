package org.medcue.training.fitting;

import ai.djl.ndarray.NDScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.PatientRecord;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelException;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.TrainingPhase;
import org.medcue.model.visits.VisitModel;
import org.medcue.model.visits.WeightSnapshot;
import org.medcue.training.Progress;
import org.medcue.training.evaluation.Evaluation;

/**
 * Runs the phases of a training, keeps the weights of the best epoch as a copy of their own, stops
 * when validation no longer improves, and can go on from a checkpoint with the same final result.
 */
public final class Fitting {

  /**
   * @param rounds how often pre-training and fine-tuning alternate; 1 for one after the other
   * @param patience fine-tuning epochs without a better validation PR-AUC after which training
   *     stops
   */
  public record Plan(int rounds, int patience) {

    public Plan {
      if (rounds < 1 || patience < 1) {
        throw new IllegalArgumentException("rounds and patience must be at least 1");
      }
    }
  }

  /**
   * What a training came to.
   *
   * @param bestEpoch fine-tuning epoch whose weights the model now has
   * @param validationPrAuc of that epoch
   * @param epochs fine-tuning epochs run
   * @param seconds spent on steps, validation excluded
   * @param unitsPerSecond visits trained on a second
   */
  public record Outcome(
      int bestEpoch, double validationPrAuc, int epochs, double seconds, double unitsPerSecond) {}

  /** One epoch of the plan. */
  private record Epoch(TrainingPhase<?> phase, int number, boolean fineTuning) {}

  private final VisitModel model;
  private final List<Epoch> epochs;
  private final int patience;
  private final ToDoubleFunction<VisitModel> validation;
  private final @Nullable Checkpoints checkpoints;
  private final Progress progress;
  private final long totalUnits;
  private FittingState state = FittingState.START;
  private WeightSnapshot bestWeights;
  private long unitsBefore;

  /**
   * @param preTraining null for none
   * @param validation scores the model as it is; higher is better
   * @param checkpoints where to save after each epoch; null for a training not worth it
   */
  public Fitting(
      VisitModel model,
      @Nullable TrainingPhase<?> preTraining,
      TrainingPhase<?> fineTuning,
      Plan plan,
      ToDoubleFunction<VisitModel> validation,
      @Nullable Checkpoints checkpoints,
      Progress progress) {
    this.model = model;
    this.epochs = epochs(preTraining, fineTuning, plan.rounds());
    this.patience = plan.patience();
    this.validation = validation;
    this.checkpoints = checkpoints;
    this.progress = progress;
    this.totalUnits = epochs.stream().mapToLong(e -> e.phase.unitsAnEpoch()).sum();
    this.bestWeights = WeightSnapshot.of(model);
  }

  private static List<Epoch> epochs(
      @Nullable TrainingPhase<?> preTraining, TrainingPhase<?> fineTuning, int rounds) {
    List<Epoch> epochs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (preTraining != null) {
        add(epochs, preTraining, false, round, rounds);
      }
      add(epochs, fineTuning, true, round, rounds);
    }
    return epochs;
  }

  /** The round's share of a phase's epochs. */
  private static void add(
      List<Epoch> epochs, TrainingPhase<?> phase, boolean fineTuning, int round, int rounds) {
    int all = phase.epochs();
    for (int number = all * round / rounds + 1; number <= all * (round + 1) / rounds; number++) {
      epochs.add(new Epoch(phase, number, fineTuning));
    }
  }

  /** Trains what is left to train, and leaves the model with the best weights. */
  public Outcome run() {
    resume();
    for (int i = state.done(); i < epochs.size() && !stopped(); i++) {
      Epoch epoch = epochs.get(i);
      run(epoch);
      unitsBefore += epoch.phase.unitsAnEpoch();
      if (checkpoints != null) {
        checkpoints.save(state, model, bestWeights, phases());
      }
    }
    bestWeights.restoreTo(model);
    return new Outcome(
        state.bestEpoch(),
        state.best(),
        state.fineTuned(),
        state.seconds(),
        state.units() / Math.max(1e-9, state.seconds()));
  }

  private void resume() {
    if (checkpoints == null) {
      return;
    }
    checkpoints
        .load(model, phases())
        .ifPresent(
            loaded -> {
              state = loaded.state();
              bestWeights = loaded.best();
              epochs
                  .subList(0, state.done())
                  .forEach(epoch -> unitsBefore += epoch.phase.unitsAnEpoch());
            });
  }

  private List<TrainingPhase<?>> phases() {
    List<TrainingPhase<?>> phases = new ArrayList<>();
    epochs.forEach(
        epoch -> {
          if (!phases.contains(epoch.phase)) {
            phases.add(epoch.phase);
          }
        });
    return phases;
  }

  private boolean stopped() {
    return state.fineTuned() - state.bestEpoch() >= patience;
  }

  private void run(Epoch epoch) {
    TrainingPhase<?> phase = epoch.phase;
    long start = System.nanoTime();
    phase.epoch(
        epoch.number,
        (done, loss) ->
            progress.update(message(epoch, loss, done, start), unitsBefore + done, totalUnits));
    double seconds = secondsSince(start);
    requireFiniteWeights(epoch);
    state = state.trained(phase.unitsAnEpoch(), seconds);
    if (epoch.fineTuning) {
      double score = validation.applyAsDouble(model);
      if (state.improvedBy(score)) {
        bestWeights = WeightSnapshot.of(model);
      }
      state = state.validated(score);
    }
  }

  /** Weights can overflow in one last step while every gradient was finite. */
  private void requireFiniteWeights(Epoch epoch) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      model
          .parameters()
          .forEach(
              (name, parameter) -> {
                if (!Float.isFinite(parameter.getArray().abs().sum().getFloat())) {
                  throw new ModelException(
                      epoch.phase.name()
                          + " diverged in epoch "
                          + epoch.number
                          + ": "
                          + name
                          + " is not finite; lower --learning-rate or --epsilon");
                }
              });
    }
  }

  private String message(Epoch epoch, double loss, int done, long start) {
    TrainingPhase<?> phase = epoch.phase;
    return String.format(
        Locale.ROOT,
        "%s %d/%d: loss %.3f, rate %.1e, %,.0f visits/s%s",
        phase.name(),
        epoch.number,
        phase.epochs(),
        loss,
        phase.learningRate(),
        done / secondsSince(start),
        state.fineTuned() == 0 ? "" : String.format(Locale.ROOT, ", best %.4f", state.best()));
  }

  private static double secondsSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toNanos() / 1e9;
  }

  /** Mean average precision over the scored visits of some patients, by which epochs are chosen. */
  public static double prAuc(
      VisitModel model, List<PatientRecord> patients, KnowledgeBase knowledge) {
    try (NetworkScorer scorer = new NetworkScorer(model, knowledge)) {
      return new Evaluation(scorer, patients, (what, done, total) -> {}).prAuc();
    }
  }
}
