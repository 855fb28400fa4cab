package org.medcue.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transformer encoder of a set of codes (MR-KPA, equations 2–4): the final hidden state of the
 * first token, [CLS], stands for the set. No positions: a visit's codes have no order.
 *
 * <p>Shapes: B sets, L tokens with [CLS] first, M model size. Input: (B, L, M) and a mask (B, L), 1
 * for a token. Output: (B, M).
 */
public final class VisitEncoder extends AbstractBlock {

  /**
   * A matrix product of fewer rows takes another kernel, which rounds otherwise: a set's vector
   * must not depend on how many sets are encoded beside it.
   */
  private static final long LEAST_SETS = 8;

  private final int size;
  private final List<EncoderLayer> layers = new ArrayList<>();

  /** See {@link EncoderLayer}. */
  public VisitEncoder(int layerCount, int size, int heads, int feedForward, float dropout) {
    this.size = size;
    for (int i = 0; i < layerCount; i++) {
      EncoderLayer layer = new EncoderLayer(size, heads, feedForward, dropout, dropout / 4);
      layers.add(addChildBlock("layer" + i, layer));
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    long sets = inputs.get(0).getShape().get(0);
    NDArray x = filled(inputs.get(0));
    NDArray mask = filled(inputs.get(1));
    for (EncoderLayer layer : layers.subList(0, layers.size() - 1)) {
      x = layer.forward(store, new NDList(x, mask), training).singletonOrThrow();
    }
    // Of the last layer nobody reads more than the first token.
    EncoderLayer last = layers.get(layers.size() - 1);
    NDArray first = last.first(store, x, mask, training).squeeze(1);
    return new NDList(sets < LEAST_SETS ? first.get(":" + sets) : first);
  }

  /** Rows of zeros where there are few sets; nobody reads what comes of them. */
  private static NDArray filled(NDArray rows) {
    Shape shape = rows.getShape();
    if (shape.get(0) >= LEAST_SETS) {
      return rows;
    }
    Shape missing = new Shape(LEAST_SETS - shape.get(0)).addAll(shape.slice(1));
    return rows.concat(rows.getManager().zeros(missing), 0);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), size)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    Shape tokens = new Shape(1, 1, size);
    Shape mask = new Shape(1, 1);
    layers.forEach(layer -> layer.initialize(manager, type, tokens, mask));
  }
}
