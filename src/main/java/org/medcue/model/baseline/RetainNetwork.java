package org.medcue.model.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.training.ParameterStore;
import org.medcue.model.nn.Heads;
import org.medcue.model.nn.Scalars;
import org.medcue.model.visits.Vocabulary;

/**
 * RETAIN (Choi et al. 2016, equations 1 to 5 of section 2.2): two recurrent networks read the visit
 * vectors v back in time, from the present visit on. The states of one weigh visits (α, a softmax
 * over visits), those of the other weigh the dimensions of each vector (β, a tanh); the logits are
 * linear in Σ α · β ⊙ v.
 *
 * <p>Differences: the recurrent networks are GRUs, as in the authors' code; histories are cut to
 * the last 32 visits; outputs are sigmoids, since drugs do not exclude each other; what was ordered
 * at the present visit is no part of its vector.
 *
 * <p>Shapes: B targets, S visits, l vector size, M labels.
 */
public final class RetainNetwork extends VisitSequenceNetwork {

  private final int size;
  private final GRU visitStates;
  private final GRU dimensionStates;
  private final Linear visitWeight;
  private final Linear dimensionWeight;
  private final Linear head;

  /** The network in the sizes of the comparison: 64, dropout 0.1. */
  public RetainNetwork(Vocabulary vocabulary) {
    this(vocabulary, 64, 0.1f);
  }

  /**
   * @param size l, also of the recurrent networks' states
   * @param dropout rate on visit vectors and before the head
   */
  public RetainNetwork(Vocabulary vocabulary, int size, float dropout) {
    super(vocabulary, size, dropout);
    this.size = size;
    visitStates = addChildBlock("visitStates", gru(size));
    dimensionStates = addChildBlock("dimensionStates", gru(size));
    // A bias common to all visits would vanish in the softmax.
    visitWeight = addChildBlock("visitWeight", Linear.builder().setUnits(1).optBias(false).build());
    dimensionWeight = addChildBlock("dimensionWeight", Linear.builder().setUnits(size).build());
    head = addChildBlock("head", Heads.linear(vocabulary.labels().size()));
  }

  private static GRU gru(int size) {
    return GRU.builder().setStateSize(size).setNumLayers(1).optBatchFirst(true).build();
  }

  @Override
  NDArray logits(ParameterStore store, NDArray sequence, NDArray mask, boolean training) {
    NDArray v = drop(sequence, training);
    // Where visits are missing, the states come after those of all visits and weigh nothing.
    NDArray g = apply(visitStates, store, v, training); // (B, S, l)
    NDArray h = apply(dimensionStates, store, v, training); // (B, S, l)
    NDArray scores = apply(visitWeight, store, g, training); // (B, S, 1)
    NDArray alpha = scores.add(Scalars.blocked(mask).expandDims(2)).softmax(1);
    NDArray beta = apply(dimensionWeight, store, h, training).tanh();
    NDArray context = v.mul(beta).mul(alpha).sum(new int[] {1}); // (B, l)
    return apply(head, store, drop(context, training), training);
  }

  private static NDArray apply(
      AbstractBlock block, ParameterStore store, NDArray x, boolean training) {
    return block.forward(store, new NDList(x), training).singletonOrThrow();
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    Shape sequence = new Shape(1, POSITIONS, size);
    visitStates.initialize(manager, type, sequence);
    dimensionStates.initialize(manager, type, sequence);
    visitWeight.initialize(manager, type, sequence);
    dimensionWeight.initialize(manager, type, sequence);
    head.initialize(manager, type, new Shape(1, size));
  }
}
