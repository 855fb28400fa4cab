package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * Two LSTMs, one of which reads backwards, and the mean of their states. The backward one begins at
 * each sequence's own end, so that padding changes nothing, as it would in a bidirectional LSTM.
 *
 * <p>Shapes: N sequences, L longest, H size of a vector and of the output. Input: steps (N, L, H),
 * places of the steps backwards (N, L), and weights of the mean (N, 1, L). Output: (N, H).
 */
final class BiLstm extends AbstractBlock {

  private final int size;
  private final LSTM forwards;
  private final LSTM backwards;

  /**
   * @param size H, even
   */
  BiLstm(int size) {
    this.size = size;
    forwards = addChildBlock("forwards", lstm(size / 2));
    backwards = addChildBlock("backwards", lstm(size / 2));
  }

  private static LSTM lstm(int size) {
    return LSTM.builder().setStateSize(size).setNumLayers(1).optBatchFirst(true).build();
  }

  /** The output for sequences whose steps were projected. */
  NDArray read(
      ParameterStore store, NDManager manager, Sequences like, NDArray steps, boolean training) {
    NDList inputs = new NDList(steps, like.backwards(manager), like.means(manager));
    return forward(store, inputs, training).singletonOrThrow();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    NDArray steps = inputs.get(0);
    NDArray turned = DialogueNetwork.picked(inputs.get(1), steps);
    NDArray states =
        DialogueNetwork.apply(forwards, store, steps, training)
            .concat(DialogueNetwork.apply(backwards, store, turned, training), 2);
    return new NDList(inputs.get(2).matMul(states).squeeze(1));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), size)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    Shape steps = new Shape(1, 1, size);
    forwards.initialize(manager, type, steps);
    backwards.initialize(manager, type, steps);
  }
}
