package org.medcue.model.mrkpa;

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

/** The nine heads of pre-training: from each field's visit vector to each field's codes. */
final class PreTrainingHeads extends AbstractBlock {

  private static final String[] FIELDS = {"diagnoses", "drugs", "symptoms"};

  private final int size;
  private final List<MappingHead> heads = new ArrayList<>(); // by field predicted from, then to

  PreTrainingHeads(int size, List<FieldCodes> fields) {
    this.size = size;
    for (String from : FIELDS) {
      for (int to = 0; to < FIELDS.length; to++) {
        MappingHead head = new MappingHead(size, fields.get(to).count());
        heads.add(addChildBlock(from + "To" + FIELDS[to], head));
      }
    }
  }

  /** Logits (B, C) of one field's codes from another's visit vectors (B, l). */
  NDArray logits(ParameterStore store, NDArray vectors, int from, int to) {
    return heads
        .get(from * FIELDS.length + to)
        .forward(store, new NDList(vectors), true)
        .singletonOrThrow();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    throw new UnsupportedOperationException("use logits");
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    heads.forEach(head -> head.initialize(manager, type, new Shape(1, size)));
  }
}
