package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medcue.model.learning.Pace;

/**
 * Fine-tuning of DDN. What the frozen part of the encoder gives is computed once for each dialogue.
 */
public final class DdnFineTuning extends DrugFineTuning {

  /** Of the encoder's last layer and of what is added to its tokens. */
  private static final double PRETRAINED = 0.2;

  /** How much faster each layer moves than the one below it. */
  private static final double A_LAYER = 1.25;

  private static final double BEGUN_AT_ZERO = 10;

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
  private final List<DialogueBatch.Case> cases;
  private final List<NDArray> frozen = new ArrayList<>();

  /**
   * @param schedule its rate is that of the output; layers of the encoder have a fifth of it
   */
  public DdnFineTuning(DdnModel model, List<Example> examples, Schedule schedule) {
    super(
        model,
        examples.stream().map(Example::drugs).toList(),
        model.knowledge().drugs().drugs().size(),
        schedule,
        pace(model.config().frozenLayers(), model.network().layers().size()));
    this.model = model;
    this.cases = examples.stream().map(example -> model.encode(example.asked)).toList();
    cases.forEach(one -> frozen.add(model.kept(one, memory())));
  }

  /**
   * Pre-trained layers, and the speakers added to them, move least, the diseases' biases most.
   *
   * @param frozen layers of the encoder that do not move
   * @param trained layers above them
   */
  static Pace pace(int frozen, int trained) {
    Map<String, Double> factors = new HashMap<>();
    factors.put("speakers", PRETRAINED);
    factors.put("diseaseBias", BEGUN_AT_ZERO);
    for (int below = 0; below < trained; below++) {
      int layer = frozen + trained - 1 - below;
      factors.put("layer" + layer + ".", PRETRAINED / Math.pow(A_LAYER, below));
    }
    return new Pace(factors, 1);
  }

  @Override
  protected int length(int example) {
    return cases.get(example).dialogue().length();
  }

  @Override
  protected NDArray logits(List<Integer> batch, NDManager arrays) {
    DialogueBatch dialogues = new DialogueBatch(batch.stream().map(cases::get).toList());
    NDArray tokens = tokens(batch, dialogues.tokens());
    return model.network().logits(store(), arrays, tokens, dialogues, true);
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
}
