package org.medcue.model.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import org.medcue.model.nn.Heads;
import org.medcue.model.nn.VisitEncoder;
import org.medcue.model.visits.Vocabulary;

/**
 * A plain Transformer over visits: visit vectors plus learned vectors of their distance from the
 * present visit, normalised, encoded; the final state of the present visit gives the logits.
 *
 * <p>Shapes: B targets, S visits, l vector size, M labels.
 */
public final class VisitTransformerNetwork extends VisitSequenceNetwork {

  private final int size;
  private final Parameter distances;
  private final LayerNorm inputNorm;
  private final VisitEncoder encoder;
  private final Linear head;

  /** The network in the sizes of the comparison: 64, 1 layer, 4 heads, 128, dropout 0.1. */
  public VisitTransformerNetwork(Vocabulary vocabulary) {
    this(vocabulary, 64, 1, 4, 128, 0.1f);
  }

  /**
   * @param size l, a multiple of the heads
   * @param layers Transformer layers
   * @param heads heads of attention
   * @param feedForward inner size of the feed-forward network
   * @param dropout rate in the encoder and before the head
   */
  public VisitTransformerNetwork(
      Vocabulary vocabulary, int size, int layers, int heads, int feedForward, float dropout) {
    super(vocabulary, size, dropout);
    this.size = size;
    distances = parameter("distances", new Shape(POSITIONS, size), new NormalInitializer(0.1f));
    inputNorm = addChildBlock("inputNorm", LayerNorm.builder().axis(2).build());
    encoder = addChildBlock("encoder", new VisitEncoder(layers, size, heads, feedForward, dropout));
    head = addChildBlock("head", Heads.linear(vocabulary.labels().size()));
  }

  @Override
  NDArray logits(ParameterStore store, NDArray sequence, NDArray mask, boolean training) {
    NDArray distance = store.getValue(distances, sequence.getDevice(), training); // (S, l)
    NDList placed = new NDList(sequence.add(distance)); // (B, S, l)
    NDArray normed = inputNorm.forward(store, placed, training).singletonOrThrow();
    NDArray state = encoder.forward(store, new NDList(normed, mask), training).singletonOrThrow();
    return head.forward(store, new NDList(drop(state, training)), training).singletonOrThrow();
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    inputNorm.initialize(manager, type, new Shape(1, POSITIONS, size));
    encoder.initialize(manager, type, new Shape(1, POSITIONS, size), new Shape(1, POSITIONS));
    head.initialize(manager, type, new Shape(1, size));
  }
}
