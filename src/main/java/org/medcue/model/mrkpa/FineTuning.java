package org.medcue.model.mrkpa;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.training.tracker.WarmUpTracker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.medcue.clinical.PatientRecord;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelException;
import org.medcue.model.nn.Scalars;

/**
 * Fine-tuning (MR-KPA, equation 11 with its two slips mended): binary cross-entropy summed over the
 * label space, for every visit at which something was ordered, first visits included, so that the
 * constants standing for a missing history are learned too.
 *
 * <p>Batches are whole patients in random order, up to a number of targets.
 */
public final class FineTuning {

  /**
   * @param epochs passes over the training patients
   * @param batchTargets targets a step
   * @param learningRate peak rate of AdamW; warmed up, then a cosine to a twentieth
   * @param weightDecay decoupled weight decay
   * @param seed of the order of patients
   */
  public record Schedule(
      int epochs, int batchTargets, float learningRate, float weightDecay, int seed) {

    /** What the bundled version was trained with. */
    public static Schedule standard(int epochs, int seed) {
      return new Schedule(epochs, 128, 3e-3f, 0.01f, seed);
    }
  }

  private static final int WARM_UP_STEPS = 100;
  private static final float MOST_GRADIENT = 5;

  private final MrKpaModel model;
  private final Schedule schedule;
  private final Map<String, Parameter> parameters;
  private final ParameterStore store;
  private final Optimizer optimizer;
  private final Random random;
  private final List<List<EncodedVisit>> patients;

  /** Prepares training on some patients; those without any order are left out. */
  public FineTuning(
      MrKpaModel model,
      KnowledgeBase knowledge,
      List<PatientRecord> trainingPatients,
      Schedule schedule) {
    this.model = model;
    this.schedule = schedule;
    this.parameters = model.parameters();
    this.store = new ParameterStore(model.manager(), false);
    this.random = new Random(schedule.seed());
    VisitEncoding encoding = new VisitEncoding(model.vocabulary(), knowledge);
    CodeCoverage coverage = new CodeCoverage();
    this.patients =
        trainingPatients.stream()
            .map(p -> p.visits().stream().map(v -> encoding.encode(v, coverage)).toList())
            .filter(visits -> visits.stream().anyMatch(EncodedVisit::hasDrugs))
            .toList();
    if (patients.isEmpty()) {
      throw new IllegalArgumentException("no training patient has a visit with a drug order");
    }
    this.optimizer = optimizer(schedule, schedule.epochs() * batches().size());
  }

  private static Optimizer optimizer(Schedule schedule, int steps) {
    float peak = schedule.learningRate();
    Tracker cosine =
        Tracker.cosine()
            .setBaseValue(peak)
            .optFinalValue(peak / 20)
            .setMaxUpdates(Math.max(1, steps))
            .build();
    WarmUpTracker warmed =
        WarmUpTracker.builder()
            .setMainTracker(cosine)
            .optWarmUpBeginValue(peak / 100)
            .optWarmUpSteps(Math.min(WARM_UP_STEPS, Math.max(1, steps / 10)))
            .optWarmUpMode(WarmUpTracker.Mode.LINEAR)
            .build();
    return Optimizer.adamW()
        .optLearningRateTracker(warmed)
        .optWeightDecays(schedule.weightDecay())
        .build();
  }

  /** Receives the progress of an epoch. */
  public interface StepListener {
    /** Called after each step. */
    void step(int done, int total, double loss);
  }

  /** Runs one epoch and returns the mean loss a target. */
  public double epoch(StepListener listener) {
    List<VisitBatch> batches = batches();
    double sum = 0;
    int targets = 0;
    for (int i = 0; i < batches.size(); i++) {
      VisitBatch batch = batches.get(i);
      double loss = accumulateGradients(batch);
      update();
      sum += loss * batch.targetCount();
      targets += batch.targetCount();
      listener.step(i + 1, batches.size(), loss);
    }
    return sum / targets;
  }

  private List<VisitBatch> batches() {
    List<List<EncodedVisit>> order = new ArrayList<>(patients);
    Collections.shuffle(order, random);
    List<VisitBatch> batches = new ArrayList<>();
    int labels = model.vocabulary().labels().size();
    VisitBatch batch = new VisitBatch(labels);
    for (List<EncodedVisit> visits : order) {
      List<Integer> targets =
          IntStream.range(0, visits.size()).filter(t -> visits.get(t).hasDrugs()).boxed().toList();
      for (int from = 0; from < targets.size(); from += schedule.batchTargets()) {
        int to = Math.min(targets.size(), from + schedule.batchTargets());
        PatientBatches.add(batch, visits, targets.subList(from, to));
        if (batch.targetCount() >= schedule.batchTargets()) {
          batches.add(batch);
          batch = new VisitBatch(labels);
        }
      }
    }
    if (batch.targetCount() > 0) {
      batches.add(batch);
    }
    return batches;
  }

  /** One forward and backward pass. Returns the mean loss a target. */
  private double accumulateGradients(VisitBatch batch) {
    try (NDScope scope = new NDScope();
        NDManager manager = model.manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray table = model.network().tokenTable(store, manager, true);
        NDArray sets = model.network().setVectors(store, manager, table, batch, true);
        NDArray logits = model.network().logits(store, manager, sets, batch, true);
        Shape shape = new Shape(batch.targetCount(), batch.labelCount());
        NDArray answers = manager.create(batch.answers(), shape);
        // A fixed divisor: a smaller batch is a smaller step, so each visit weighs the same.
        NDArray total = binaryCrossEntropy(logits, answers).sum();
        collector.backward(Scalars.scale(total, 1.0 / schedule.batchTargets()));
        return total.getFloat() / batch.targetCount();
      }
    }
  }

  /** Elementwise, from logits, without overflow: max(x, 0) − x·y + log(1 + e^−|x|). */
  static NDArray binaryCrossEntropy(NDArray logits, NDArray answers) {
    return Activation.relu(logits)
        .sub(logits.mul(answers))
        .add(Activation.softPlus(logits.abs().neg()));
  }

  private void update() {
    float norm = gradientNorm();
    if (!Float.isFinite(norm)) {
      throw new ModelException("training diverged: the gradient is not finite; lower the rate");
    }
    float shrink = Math.min(1, MOST_GRADIENT / norm);
    // Outside any scope: the optimiser's moments are made at its first step and must stay.
    parameters.forEach(
        (name, parameter) -> {
          try (NDArray gradient = parameter.getArray().getGradient()) {
            if (shrink < 1) {
              gradient.muli(shrink);
            }
            optimizer.update(name, parameter.getArray(), gradient);
            gradient.muli(0); // gradients accumulate otherwise
          }
        });
  }

  private float gradientNorm() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      double squares = 0;
      for (Parameter parameter : parameters.values()) {
        squares += parameter.getArray().getGradient().square().sum().getFloat();
      }
      return (float) Math.sqrt(squares);
    }
  }
}
