package org.medcue.model.ddn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medcue.model.learning.LearnedModel;
import org.medcue.model.learning.Pace;
import org.medcue.model.learning.TensorFile;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.learning.WeightSnapshot;
import org.medcue.model.nn.Scalars;
import org.medcue.model.nn.Torch;
import org.medcue.model.visits.FineTuning;

/**
 * Training of a network that reads a dialogue and gives a logit for each drug (DDN paper, equation
 * 6): binary cross-entropy summed over the drugs. The weights that are kept are a moving average,
 * since few dialogues make for uneven steps. DDN and its baselines are all trained so.
 */
public abstract class DrugFineTuning extends TrainingPhase<List<Integer>> {

  /** Share of the average that each step leaves as it was. */
  private static final double AVERAGED = 0.98;

  /** Batches whose dialogues are put in order of length before they are split. */
  private static final int SORTED_BATCHES = 8;

  /** The output layer's, which begins at the drugs' log-odds. */
  private static final String OUTPUT_BIAS = "output.bias";

  private final LearnedModel model;
  private final List<List<Integer>> drugs;
  private final int drugCount;
  private final NDManager memory;
  private final Map<String, NDArray> averages = new LinkedHashMap<>();

  /**
   * @param model with an {@code output} layer, whose bias it has
   * @param drugs of each example, by number
   * @param drugCount of the model
   * @param pace how fast single weights move
   */
  protected DrugFineTuning(
      LearnedModel model, List<List<Integer>> drugs, int drugCount, Schedule schedule, Pace pace) {
    super(
        "fine-tuning",
        model.manager(),
        model.parameters(),
        schedule,
        pace,
        (drugs.size() + schedule.batch() - 1) / schedule.batch());
    this.model = model;
    this.drugs = List.copyOf(drugs);
    this.drugCount = drugCount;
    this.memory = model.manager().newSubManager();
    startFromLogOdds();
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              NDArray average = memory.zeros(parameter.getArray().getShape());
              Torch.copy(parameter.getArray(), average);
              averages.put(name, average);
            });
  }

  /**
   * The output begins at how often each drug is ordered, so that no step is lost on learning that.
   */
  private void startFromLogOdds() {
    float[] counts = new float[drugCount];
    drugs.forEach(ordered -> ordered.forEach(drug -> counts[drug]++));
    float[] odds = new float[drugCount];
    for (int drug = 0; drug < drugCount; drug++) {
      double share = Math.min(0.999, Math.max(0.002, counts[drug] / drugs.size()));
      odds[drug] = (float) Math.log(share / (1 - share));
    }
    Parameter bias = model.parameters().get(OUTPUT_BIAS);
    if (bias == null) {
      throw new IllegalArgumentException("the network has no " + OUTPUT_BIAS);
    }
    try (NDArray start = memory.create(odds)) {
      Torch.copy(start, bias.getArray());
    }
  }

  /** What is kept as long as the training, of examples for instance. */
  protected final NDManager memory() {
    return memory;
  }

  /** How long an example is, in whatever is padded: batches are of examples about as long. */
  protected abstract int length(int example);

  /** Logits (B, drugs) of the examples of a batch, in training. */
  protected abstract NDArray logits(List<Integer> batch, NDManager arrays);

  @Override
  public final int unitsAnEpoch() {
    return drugs.size();
  }

  @Override
  public final String unit() {
    return "dialogues";
  }

  @Override
  protected final List<List<Integer>> batches(Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, drugs.size()).boxed().toList());
    Collections.shuffle(order, random);
    int batch = schedule().batch();
    List<List<Integer>> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += batch * SORTED_BATCHES) {
      List<Integer> part =
          order.subList(from, Math.min(order.size(), from + batch * SORTED_BATCHES)).stream()
              .sorted(Comparator.comparingInt(this::length))
              .toList();
      for (int start = 0; start < part.size(); start += batch) {
        batches.add(part.subList(start, Math.min(part.size(), start + batch)));
      }
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  @Override
  protected final int units(List<Integer> batch) {
    return batch.size();
  }

  @Override
  protected final String origin(List<Integer> batch) {
    return "dialogues number "
        + batch.stream().map(i -> String.valueOf(i + 1)).collect(Collectors.joining(", "));
  }

  @Override
  protected final double accumulateGradients(List<Integer> batch, NDManager arrays) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss =
          FineTuning.binaryCrossEntropy(logits(batch, arrays), answers(batch, arrays)).sum();
      collector.backward(Scalars.scale(loss, 1.0 / batch.size()));
      return loss.getFloat();
    }
  }

  private NDArray answers(List<Integer> batch, NDManager arrays) {
    float[] answers = new float[batch.size() * drugCount];
    for (int row = 0; row < batch.size(); row++) {
      for (int drug : drugs.get(batch.get(row))) {
        answers[row * drugCount + drug] = 1;
      }
    }
    return arrays.create(answers, new Shape(batch.size(), drugCount));
  }

  @Override
  protected final void stepped() {
    double kept = Math.min(AVERAGED, (1.0 + steps()) / (10.0 + steps()));
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray average = averageOf(name);
                average.muli(kept).addi(Scalars.scale(parameter.getArray(), 1 - kept));
              }
            });
  }

  private NDArray averageOf(String name) {
    NDArray average = averages.get(name);
    if (average == null) {
      throw new IllegalStateException("no average of " + name);
    }
    return average;
  }

  /** Puts the averages in the place of the weights, as the end of a training. */
  public final void keepAverages() {
    model
        .parameters()
        .forEach((name, parameter) -> Torch.copy(averageOf(name), parameter.getArray()));
  }

  /** Measures the model with the averages; training goes on with the weights as they are. */
  public final double measureAverages(DoubleSupplier measure) {
    WeightSnapshot weights = WeightSnapshot.of(model);
    keepAverages();
    try {
      return measure.getAsDouble();
    } finally {
      weights.restoreTo(model);
    }
  }

  @Override
  public final Map<String, NDArray> state() {
    Map<String, NDArray> state = super.state();
    averages.forEach((name, average) -> state.put("average." + name, average));
    return state;
  }

  @Override
  public final void restore(int stepsDone, Map<String, float[]> state) {
    super.restore(stepsDone, state);
    averages.forEach((name, average) -> TensorFile.restore(average, "average." + name, state));
  }

  @Override
  public final void close() {
    super.close();
    memory.close();
  }
}
