package org.medcue.model.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.medcue.model.ModelException;
import org.medcue.model.nn.Torch;

/**
 * One kind of training: epochs of steps, each a pass that leaves gradients and a move of the
 * weights. Every epoch draws its random numbers anew from the seed and its number, so that a
 * training resumed between epochs ends with the same weights.
 *
 * @param <B> what one step is computed from
 */
public abstract class TrainingPhase<B> implements AutoCloseable {

  /**
   * How the weights move.
   *
   * @param epochs passes over the data, over which the rate falls
   * @param batch units (targets or visits) a step
   * @param learningRate peak rate of AdamW; warmed up, then a cosine to a twentieth
   * @param weightDecay decoupled weight decay
   * @param seed of order, masks and dropout
   */
  public record Schedule(int epochs, int batch, float learningRate, float weightDecay, int seed) {

    public Schedule {
      if (epochs < 1 || batch < 1 || !(learningRate > 0) || !(weightDecay >= 0)) {
        throw new IllegalArgumentException(
            "epochs, batch and learning rate must be positive, weight decay not negative");
      }
    }

    /** The same with another seed. */
    public Schedule withSeed(int other) {
      return new Schedule(epochs, batch, learningRate, weightDecay, other);
    }
  }

  /** Receives the progress of an epoch. */
  public interface StepListener {
    /**
     * Called after each step.
     *
     * @param done units done in this epoch
     * @param loss mean loss a unit of this step
     */
    void step(int done, double loss);
  }

  private static final int WARM_UP_STEPS = 100;
  private static final double LAST_SHARE = 0.05;
  private static final int SEED_STRIDE = 1_000_003;

  private final String name;
  private final NDManager manager;
  private final Schedule schedule;
  private final ParameterStore store;
  private final AdamW optimizer;
  private final int totalSteps;

  /**
   * @param name of the phase, for errors and checkpoints
   * @param parameters what moves
   * @param stepsAnEpoch about how many steps an epoch has
   */
  protected TrainingPhase(
      String name,
      NDManager manager,
      Map<String, Parameter> parameters,
      Schedule schedule,
      int stepsAnEpoch) {
    this(name, manager, parameters, schedule, Pace.EVEN, stepsAnEpoch);
  }

  /**
   * @param name of the phase, for errors and checkpoints
   * @param parameters what moves
   * @param pace how fast each of them moves
   * @param stepsAnEpoch about how many steps an epoch has
   */
  protected TrainingPhase(
      String name,
      NDManager manager,
      Map<String, Parameter> parameters,
      Schedule schedule,
      Pace pace,
      int stepsAnEpoch) {
    this.name = name;
    this.manager = manager;
    this.schedule = schedule;
    this.store = new ParameterStore(manager, false);
    this.totalSteps = Math.max(1, schedule.epochs() * stepsAnEpoch);
    this.optimizer = new AdamW(parameters, this::rate, schedule.weightDecay(), pace, manager);
  }

  private double rate(int step) {
    int warmUp = Math.max(1, Math.min(WARM_UP_STEPS, totalSteps / 10));
    double warmed = Math.min(1, (double) step / warmUp);
    double done = Math.min(1, (double) step / totalSteps);
    double cosine = LAST_SHARE + (1 - LAST_SHARE) * 0.5 * (1 + Math.cos(Math.PI * done));
    return schedule.learningRate() * warmed * cosine;
  }

  /** The number of units in an epoch, for progress. */
  public abstract int unitsAnEpoch();

  /** What is trained on, in the plural, for progress. */
  public String unit() {
    return "visits";
  }

  /** The batches of an epoch, in random order. */
  protected abstract List<B> batches(Random random);

  /** The number of units in a batch, over which the loss is averaged. */
  protected abstract int units(B batch);

  /** Where the data of a batch come from, without their content: for the error that names it. */
  protected abstract String origin(B batch);

  /** Called after each step, with the weights that it left. */
  protected void stepped() {}

  /** Forward and backward pass, which leaves gradients. Returns the sum of the loss over units. */
  protected abstract double accumulateGradients(B batch, NDManager arrays);

  /**
   * Runs one epoch.
   *
   * @param number of the epoch in this phase, from 1
   * @return the mean loss a unit
   * @throws ModelException if loss or gradient is not finite; names the step and its data
   */
  public final double epoch(int number, StepListener listener) {
    int epochSeed = schedule.seed() * SEED_STRIDE + number * 31 + name.hashCode();
    Torch.seed(epochSeed);
    List<B> batches = batches(new Random(epochSeed));
    double sum = 0;
    int done = 0;
    for (int i = 0; i < batches.size(); i++) {
      B batch = batches.get(i);
      double loss = step(batch, number, i + 1);
      sum += loss;
      done += units(batch);
      listener.step(done, loss / units(batch));
    }
    return sum / done;
  }

  private double step(B batch, int epoch, int step) {
    double loss;
    try (NDScope scope = new NDScope();
        NDManager arrays = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      loss = accumulateGradients(batch, arrays);
    }
    if (!Double.isFinite(loss)) {
      throw diverged("the loss is not finite", batch, epoch, step);
    }
    try {
      optimizer.step();
    } catch (ModelException e) {
      throw diverged(e.getMessage(), batch, epoch, step);
    }
    stepped();
    return loss;
  }

  private ModelException diverged(@Nullable String what, B batch, int epoch, int step) {
    return new ModelException(
        name
            + " stopped in epoch "
            + epoch
            + ", step "
            + step
            + ": "
            + what
            + ", at "
            + origin(batch)
            + "; lower the learning rate or epsilon, or look at these");
  }

  /** Parameters by the device they are on. */
  protected final ParameterStore store() {
    return store;
  }

  protected final Schedule schedule() {
    return schedule;
  }

  /** The number of epochs that the phase is meant to have. */
  public final int epochs() {
    return schedule.epochs();
  }

  /** The phase's name. */
  public final String name() {
    return name;
  }

  /** The learning rate of the last step. */
  public final double learningRate() {
    return optimizer.rate();
  }

  /** Steps done so far. */
  public final int steps() {
    return optimizer.steps();
  }

  /** What the phase keeps besides the model's weights: moments, and weights of its own. */
  public Map<String, NDArray> state() {
    return new LinkedHashMap<>(optimizer.moments());
  }

  /** Goes on from a state. */
  public void restore(int stepsDone, Map<String, float[]> state) {
    optimizer.restore(stepsDone, state);
  }

  @Override
  public void close() {
    optimizer.close();
  }
}
