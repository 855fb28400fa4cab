package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.medcue.knowledge.DialogueKnowledge;

/**
 * LSTM-flat (DDN paper, appendix B.1): a bidirectional LSTM over the words of the whole dialogue as
 * if it were one sentence. A word is here a run of tokens. As in the paper there is no disease
 * encoder.
 */
final class FlatLstm extends DialogueNetwork {

  private final BiLstm lstm;

  FlatLstm(Sizes sizes, DialogueKnowledge knowledge) {
    super(sizes, knowledge, sizes.hidden(), false);
    lstm = addChildBlock("lstm", new BiLstm(sizes.hidden()));
  }

  @Override
  NDArray read(ParameterStore store, NDManager manager, VectorBatch batch, boolean training) {
    Sequences runs = batch.runs();
    return lstm.read(store, manager, runs, projected(store, manager, runs, training), training);
  }

  @Override
  void initializeReader(NDManager manager, DataType type) {
    lstm.initialize(manager, type, new Shape(1, 1, hidden()));
  }
}
