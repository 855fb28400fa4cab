package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;
import org.medcue.model.nn.Scalars;

/**
 * The mean of steps, weighed by what each is: a softmax over a small network's scores.
 *
 * <p>Shapes: N sequences, L longest, H size of a vector. Input: (N, L, H) and a mask (N, L), 1 for
 * a step. Output: (N, H).
 */
final class Attention extends AbstractBlock {

  private final int size;
  private final Linear hidden;
  private final Linear score;

  Attention(int size) {
    this.size = size;
    hidden = addChildBlock("hidden", DialogueNetwork.linear(size / 2));
    // A bias common to all steps would vanish in the softmax.
    score = addChildBlock("score", Linear.builder().setUnits(1).optBias(false).build());
  }

  NDArray mix(ParameterStore store, NDArray steps, NDArray mask, boolean training) {
    return forward(store, new NDList(steps, mask), training).singletonOrThrow();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    NDArray steps = inputs.get(0);
    NDArray inner = Activation.relu(DialogueNetwork.apply(hidden, store, steps, training));
    NDArray blocked = Scalars.blocked(inputs.get(1)).expandDims(2);
    NDArray weights =
        DialogueNetwork.apply(score, store, inner, training).add(blocked).softmax(1); // (N, L, 1)
    return new NDList(steps.mul(weights).sum(new int[] {1}));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), size)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    hidden.initialize(manager, type, new Shape(1, 1, size));
    score.initialize(manager, type, new Shape(1, 1, size / 2));
  }
}
