package org.medcue.model.mrkpa;

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
import org.medcue.model.nn.Heads;

/**
 * Predicts the codes of one field from the visit vector of a field, in pre-training only: a hidden
 * layer of the vector's size, ReLU, and one logit a code.
 *
 * <p>Input (B, l), output (B, C).
 */
final class MappingHead extends AbstractBlock {

  private final int size;
  private final int codes;
  private final Linear hidden;
  private final Linear output;

  MappingHead(int size, int codes) {
    this.size = size;
    this.codes = codes;
    hidden = addChildBlock("hidden", Linear.builder().setUnits(size).build());
    output = addChildBlock("output", Heads.linear(codes));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    NDArray inner = Activation.relu(hidden.forward(store, inputs, training).singletonOrThrow());
    return output.forward(store, new NDList(inner), training);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), codes)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    hidden.initialize(manager, type, new Shape(1, size));
    output.initialize(manager, type, new Shape(1, size));
  }
}
