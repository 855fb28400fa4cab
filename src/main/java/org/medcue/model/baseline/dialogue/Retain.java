package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.training.ParameterStore;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.nn.Scalars;

/**
 * RETAIN (Choi et al. 2016, section 2.2) over utterances: two recurrent networks read their vectors
 * v back from the last one. The states of one weigh utterances (α, a softmax over the dialogue),
 * those of the other weigh the dimensions of each vector (β, a tanh); the dialogue is Σ α · β ⊙ v.
 * The recurrent networks are GRUs, as in its authors' code. It is given DDN's disease encoder.
 *
 * <p>Shapes: B dialogues, U utterances, H size of a vector.
 */
final class Retain extends DialogueNetwork {

  private final GRU utteranceStates;
  private final GRU dimensionStates;
  private final Linear utteranceWeight;
  private final Linear dimensionWeight;

  Retain(Sizes sizes, DialogueKnowledge knowledge) {
    super(sizes, knowledge, sizes.hidden(), true);
    utteranceStates = addChildBlock("utteranceStates", gru(sizes.hidden()));
    dimensionStates = addChildBlock("dimensionStates", gru(sizes.hidden()));
    // A bias common to all utterances would vanish in the softmax.
    utteranceWeight =
        addChildBlock("utteranceWeight", Linear.builder().setUnits(1).optBias(false).build());
    dimensionWeight = addChildBlock("dimensionWeight", linear(sizes.hidden()));
  }

  private static GRU gru(int size) {
    return GRU.builder().setStateSize(size).setNumLayers(1).optBatchFirst(true).build();
  }

  @Override
  NDArray read(ParameterStore store, NDManager manager, VectorBatch batch, boolean training) {
    Sequences utterances = batch.utterances();
    NDArray steps = projected(store, manager, utterances, training);
    NDArray v = picked(utterances.backwards(manager), steps); // (B, U, H), the last first
    NDArray alpha = weights(store, v, utterances.mask(manager), training);
    NDArray states = apply(dimensionStates, store, v, training);
    NDArray beta = apply(dimensionWeight, store, states, training).tanh(); // (B, U, H)
    return v.mul(beta).mul(alpha).sum(new int[] {1});
  }

  /** α (B, U, 1), 0 after the end. */
  NDArray weights(ParameterStore store, NDArray v, NDArray mask, boolean training) {
    NDArray states = apply(utteranceStates, store, v, training);
    NDArray scores = apply(utteranceWeight, store, states, training);
    return scores.add(Scalars.blocked(mask).expandDims(2)).softmax(1);
  }

  @Override
  void initializeReader(NDManager manager, DataType type) {
    Shape steps = new Shape(1, 1, hidden());
    utteranceStates.initialize(manager, type, steps);
    dimensionStates.initialize(manager, type, steps);
    utteranceWeight.initialize(manager, type, steps);
    dimensionWeight.initialize(manager, type, steps);
  }
}
