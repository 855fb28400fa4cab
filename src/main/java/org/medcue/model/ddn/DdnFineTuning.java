package org.medcue.model.ddn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medcue.model.learning.Pace;
import org.medcue.model.learning.TensorFile;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.nn.Scalars;
import org.medcue.model.nn.Torch;
import org.medcue.model.visits.FineTuning;

/**
 * Fine-tuning of DDN (paper, equation 6): binary cross-entropy summed over the drugs. What the
 * frozen part of the encoder gives is computed once for each dialogue. The weights that are kept
 * are a moving average, since few dialogues make for uneven steps.
 */
public final class DdnFineTuning extends TrainingPhase<List<Integer>> {

  /** Share of the average that each step leaves as it was. */
  private static final double AVERAGED = 0.98;

  /** Batches whose dialogues are put in order of length before they are split. */
  private static final int SORTED_BATCHES = 8;

  /** Pre-trained layers move least, the tables that begin at zero most. */
  private static final Pace PACE =
      new Pace(Map.of("layer3", 0.2, "layer2", 0.16, "speakers", 0.2, "diseaseBias", 10.0), 1);

  /**
   * A dialogue and its drugs.
   *
   * @param asked what the model reads
   * @param drugs numbers of the drugs that the doctor recommended
   */
  public record Example(DdnModel.Asked asked, List<Integer> drugs) {

    public Example {
      drugs = List.copyOf(drugs);
    }
  }

  private final DdnModel model;
  private final List<Example> examples;
  private final List<DialogueBatch.Case> cases;
  private final NDManager memory;
  private final List<NDArray> frozen = new ArrayList<>();
  private final Map<String, NDArray> averages = new LinkedHashMap<>();

  /**
   * @param schedule its rate is that of the output; layers of the encoder have a fifth of it
   */
  public DdnFineTuning(DdnModel model, List<Example> examples, Schedule schedule) {
    super(
        "fine-tuning",
        model.manager(),
        model.parameters(),
        schedule,
        PACE,
        (examples.size() + schedule.batch() - 1) / schedule.batch());
    this.model = model;
    this.examples = List.copyOf(examples);
    this.cases = examples.stream().map(example -> model.encode(example.asked)).toList();
    this.memory = model.manager().newSubManager();
    cases.forEach(one -> frozen.add(model.kept(one, memory)));
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              NDArray average = memory.zeros(parameter.getArray().getShape());
              Torch.copy(parameter.getArray(), average);
              averages.put(name, average);
            });
    startFromLogOdds();
  }

  /**
   * The output begins at how often each drug is ordered, so that no step is lost on learning that.
   */
  private void startFromLogOdds() {
    int drugs = model.knowledge().drugs().drugs().size();
    float[] counts = new float[drugs];
    examples.forEach(example -> example.drugs.forEach(drug -> counts[drug]++));
    float[] odds = new float[drugs];
    for (int drug = 0; drug < drugs; drug++) {
      double share = Math.min(0.999, Math.max(0.002, counts[drug] / examples.size()));
      odds[drug] = (float) Math.log(share / (1 - share));
    }
    for (NDArray bias :
        List.of(
            model.network().output().getParameters().get("bias").getArray(),
            averageOf("output.bias"))) {
      try (NDArray start = memory.create(odds)) {
        Torch.copy(start, bias);
      }
    }
  }

  @Override
  public int unitsAnEpoch() {
    return examples.size();
  }

  @Override
  public String unit() {
    return "dialogues";
  }

  @Override
  protected List<List<Integer>> batches(Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
    Collections.shuffle(order, random);
    int batch = schedule().batch();
    List<List<Integer>> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += batch * SORTED_BATCHES) {
      List<Integer> part =
          order.subList(from, Math.min(order.size(), from + batch * SORTED_BATCHES)).stream()
              .sorted(Comparator.comparingInt(i -> cases.get(i).dialogue().length()))
              .toList();
      for (int start = 0; start < part.size(); start += batch) {
        batches.add(part.subList(start, Math.min(part.size(), start + batch)));
      }
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  @Override
  protected int units(List<Integer> batch) {
    return batch.size();
  }

  @Override
  protected String origin(List<Integer> batch) {
    return "dialogues number "
        + batch.stream().map(i -> String.valueOf(i + 1)).collect(Collectors.joining(", "));
  }

  @Override
  protected double accumulateGradients(List<Integer> batch, NDManager arrays) {
    DialogueBatch dialogues = new DialogueBatch(batch.stream().map(cases::get).toList());
    NDArray tokens = tokens(batch, dialogues.tokens());
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = model.network().logits(store(), arrays, tokens, dialogues, true);
      NDArray total = FineTuning.binaryCrossEntropy(logits, answers(batch, arrays)).sum();
      collector.backward(Scalars.scale(total, 1.0 / batch.size()));
      return total.getFloat();
    }
  }

  /** The frozen output of a batch (B, L, M), padded. */
  private NDArray tokens(List<Integer> batch, int longest) {
    NDList padded = new NDList();
    for (int i : batch) {
      NDArray own = frozen.get(i);
      Shape missing = new Shape(longest - own.getShape().get(0), own.getShape().get(1));
      padded.add(missing.get(0) == 0 ? own : own.concat(own.getManager().zeros(missing), 0));
    }
    return NDArrays.stack(padded);
  }

  private NDArray answers(List<Integer> batch, NDManager arrays) {
    int drugs = model.knowledge().drugs().drugs().size();
    float[] answers = new float[batch.size() * drugs];
    for (int row = 0; row < batch.size(); row++) {
      for (int drug : examples.get(batch.get(row)).drugs) {
        answers[row * drugs + drug] = 1;
      }
    }
    return arrays.create(answers, new Shape(batch.size(), drugs));
  }

  @Override
  protected void stepped() {
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
  public void keepAverages() {
    model
        .parameters()
        .forEach((name, parameter) -> Torch.copy(averageOf(name), parameter.getArray()));
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = super.state();
    averages.forEach((name, average) -> state.put("average." + name, average));
    return state;
  }

  @Override
  public void restore(int stepsDone, Map<String, float[]> state) {
    super.restore(stepsDone, state);
    averages.forEach((name, average) -> TensorFile.restore(average, "average." + name, state));
  }

  @Override
  public void close() {
    super.close();
    memory.close();
  }
}
