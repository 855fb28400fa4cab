package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.medcue.knowledge.DialogueKnowledge;

/**
 * LSTM-hier (DDN paper, appendix B.1): a bidirectional LSTM over the words of each utterance gives
 * the utterance's vector, another one over the utterances the dialogue's. A word is here a run of
 * tokens. As in the paper there is no disease encoder.
 */
final class HierarchicalLstm extends DialogueNetwork {

  private final BiLstm ofWords;
  private final BiLstm ofUtterances;

  HierarchicalLstm(Sizes sizes, DialogueKnowledge knowledge) {
    super(sizes, knowledge, sizes.hidden(), false);
    ofWords = addChildBlock("ofWords", new BiLstm(sizes.hidden()));
    ofUtterances = addChildBlock("ofUtterances", new BiLstm(sizes.hidden()));
  }

  @Override
  NDArray read(ParameterStore store, NDManager manager, VectorBatch batch, boolean training) {
    NDArray utterances =
        fromWords(
            batch,
            manager,
            words -> {
              NDArray steps = projected(store, manager, words, training);
              return ofWords.read(store, manager, words, steps, training);
            });
    NDArray said = drop(utterances, training); // (B, U, H)
    return ofUtterances.read(store, manager, batch.utterances(), said, training);
  }

  @Override
  void initializeReader(NDManager manager, DataType type) {
    ofWords.initialize(manager, type, new Shape(1, 1, hidden()));
    ofUtterances.initialize(manager, type, new Shape(1, 1, hidden()));
  }
}
