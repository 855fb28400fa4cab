package org.medcue.training.fitting;

import ai.djl.ndarray.NDScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.medcue.model.ModelException;
import org.medcue.model.learning.LearnedModel;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.learning.WeightSnapshot;
import org.medcue.training.Progress;

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
   * @param history figures of each epoch in order, of all phases
   */
  public record Outcome(
      int bestEpoch,
      double validationPrAuc,
      int epochs,
      double seconds,
      double unitsPerSecond,
      List<EpochFigures> history) {}

  private final LearnedModel model;
  private final List<PlannedEpoch> epochs;
  private final int patience;
  private final @Nullable DoubleSupplier validation;
  private final @Nullable Checkpoints checkpoints;
  private final EpochProgress progress;
  private FittingState state = FittingState.START;
  private WeightSnapshot bestWeights;

  /**
   * @param preTraining null for none
   * @param validation scores the model as it is; higher is better
   * @param checkpoints where to save after each epoch; null for a training not worth it
   */
  public Fitting(
      LearnedModel model,
      @Nullable TrainingPhase<?> preTraining,
      TrainingPhase<?> fineTuning,
      Plan plan,
      DoubleSupplier validation,
      @Nullable Checkpoints checkpoints,
      Progress progress) {
    this(
        model,
        PlannedEpoch.all(preTraining, fineTuning, plan.rounds()),
        plan.patience(),
        validation,
        checkpoints,
        progress);
  }

  /**
   * A training of one phase that runs all its epochs and keeps the last weights.
   *
   * @param checkpoints where to save after each epoch; null for a training not worth it
   */
  public Fitting(
      LearnedModel model,
      TrainingPhase<?> phase,
      @Nullable Checkpoints checkpoints,
      Progress progress) {
    this(model, PlannedEpoch.of(phase), phase.epochs(), null, checkpoints, progress);
  }

  private Fitting(
      LearnedModel model,
      List<PlannedEpoch> epochs,
      int patience,
      @Nullable DoubleSupplier validation,
      @Nullable Checkpoints checkpoints,
      Progress progress) {
    this.model = model;
    this.epochs = epochs;
    this.patience = patience;
    this.validation = validation;
    this.checkpoints = checkpoints;
    this.progress = new EpochProgress(epochs, progress);
    this.bestWeights = WeightSnapshot.of(model);
  }

  /** Trains what is left to train, and leaves the model with the best weights. */
  public Outcome run() {
    resume();
    for (int i = state.done(); i < epochs.size() && !stopped(); i++) {
      run(epochs.get(i));
      if (checkpoints != null) {
        checkpoints.save(state, model, bestWeights, phases());
      }
      progress.finished(state, stopped() && state.done() < epochs.size());
    }
    if (validation != null) {
      bestWeights.restoreTo(model);
    }
    return new Outcome(
        state.bestEpoch(),
        state.best(),
        state.fineTuned(),
        state.seconds(),
        state.units() / Math.max(1e-9, state.seconds()),
        state.history());
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
            });
  }

  private List<TrainingPhase<?>> phases() {
    List<TrainingPhase<?>> phases = new ArrayList<>();
    for (PlannedEpoch epoch : epochs) {
      if (!phases.contains(epoch.phase())) {
        phases.add(epoch.phase());
      }
    }
    return phases;
  }

  private boolean stopped() {
    return state.fineTuned() - state.bestEpoch() >= patience;
  }

  private void run(PlannedEpoch epoch) {
    FittingState before = state;
    long start = System.nanoTime();
    double loss =
        epoch
            .phase()
            .epoch(
                epoch.number(),
                (done, stepLoss) -> progress.step(before, done, stepLoss, secondsSince(start)));
    double seconds = secondsSince(start);
    requireFiniteWeights(epoch);
    state = state.trained(epoch.units(), seconds);
    long validationStart = System.nanoTime();
    @Nullable Double score = epoch.fineTuning() ? validate() : null;
    state =
        state.recorded(
            new EpochFigures(
                epoch.phase().name(),
                epoch.number(),
                loss,
                score,
                seconds,
                epoch.fineTuning() ? secondsSince(validationStart) : 0));
  }

  /** Scores validation patients; null where the score is no number. */
  private @Nullable Double validate() {
    double score = Objects.requireNonNull(validation).getAsDouble();
    if (state.improvedBy(score)) {
      bestWeights = WeightSnapshot.of(model);
    }
    state = state.validated(score);
    return Double.isNaN(score) ? null : score;
  }

  /** Weights can overflow in one last step while every gradient was finite. */
  private void requireFiniteWeights(PlannedEpoch epoch) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      model
          .parameters()
          .forEach(
              (name, parameter) -> {
                if (!Float.isFinite(parameter.getArray().abs().sum().getFloat())) {
                  throw new ModelException(
                      epoch.phase().name()
                          + " diverged in epoch "
                          + epoch.number()
                          + ": "
                          + name
                          + " is not finite; lower the learning rate or epsilon");
                }
              });
    }
  }

  private static double secondsSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toNanos() / 1e9;
  }
}
