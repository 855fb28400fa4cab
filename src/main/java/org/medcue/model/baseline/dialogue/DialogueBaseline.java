package org.medcue.model.baseline.dialogue;

import org.medcue.knowledge.DialogueKnowledge;

/** The networks of the DDN paper's table 2 (appendix B.1). */
public enum DialogueBaseline {
  /** A bidirectional LSTM over the whole dialogue. */
  LSTM_FLAT {
    @Override
    DialogueNetwork network(DialogueNetwork.Sizes sizes, DialogueKnowledge knowledge) {
      return new FlatLstm(sizes, knowledge);
    }
  },
  /** Bidirectional LSTMs over words and over utterances. */
  LSTM_HIER {
    @Override
    DialogueNetwork network(DialogueNetwork.Sizes sizes, DialogueKnowledge knowledge) {
      return new HierarchicalLstm(sizes, knowledge);
    }
  },
  /** Two recurrent networks that weigh utterances and their dimensions. */
  RETAIN {
    @Override
    DialogueNetwork network(DialogueNetwork.Sizes sizes, DialogueKnowledge knowledge) {
      return new Retain(sizes, knowledge);
    }
  },
  /** A Transformer that knows of time. */
  HITANET {
    @Override
    DialogueNetwork network(DialogueNetwork.Sizes sizes, DialogueKnowledge knowledge) {
      return new HiTaNet(sizes, knowledge);
    }
  },
  /** Attention over words, then a Transformer and a convolution over utterances. */
  LSAN {
    @Override
    DialogueNetwork network(DialogueNetwork.Sizes sizes, DialogueKnowledge knowledge) {
      return new Lsan(sizes, knowledge);
    }
  };

  abstract DialogueNetwork network(DialogueNetwork.Sizes sizes, DialogueKnowledge knowledge);
}
