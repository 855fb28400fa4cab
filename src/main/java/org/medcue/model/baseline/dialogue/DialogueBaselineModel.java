package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Map;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ddn.DiseaseEncoder;
import org.medcue.model.ddn.TransR;
import org.medcue.model.learning.LearnedModel;
import org.medcue.model.nn.Torch;

/** A network of the comparison, over vectors that are given to it. */
public final class DialogueBaselineModel implements LearnedModel {

  private final DialogueKnowledge knowledge;
  private final NDManager manager;
  private final DialogueNetwork network;
  private final ParameterStore store;

  /**
   * A network with random weights, the same for the same seed.
   *
   * @param vector size of the encoder's vectors
   * @param hidden size within the network, a multiple of 4
   * @param dropout rate while training
   */
  public DialogueBaselineModel(
      DialogueBaseline kind,
      DialogueKnowledge knowledge,
      int vector,
      int hidden,
      float dropout,
      int seed) {
    this.knowledge = knowledge;
    manager = Torch.newManager();
    Torch.seed(seed);
    network =
        kind.network(new DialogueNetwork.Sizes(vector, hidden, hidden / 2, dropout), knowledge);
    network.initialize(manager, DataType.FLOAT32, new Shape(1));
    store = new ParameterStore(manager, false);
  }

  /**
   * Lets the knowledge graph begin as TransR has it, in a network that reads it.
   *
   * @throws IllegalArgumentException if the embeddings are of another size or graph
   */
  public void startFrom(TransR embeddings) {
    DiseaseEncoder graph = network.knowledge();
    if (graph != null) {
      graph.startFrom(embeddings);
    }
  }

  /** Diseases, drugs and their graph. */
  DialogueKnowledge knowledge() {
    return knowledge;
  }

  DialogueNetwork network() {
    return network;
  }

  @Override
  public Map<String, Parameter> parameters() {
    return LearnedModel.parametersOf(network);
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  /**
   * The logit of each drug.
   *
   * @param disease its number
   */
  public float[] logits(DialogueVectors dialogue, int disease) {
    return together(new VectorBatch(List.of(new VectorBatch.Case(dialogue, disease))));
  }

  /** Logits of some dialogues in one pass, row by row. */
  float[] together(VectorBatch batch) {
    try (NDScope scope = new NDScope();
        NDManager arrays = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      return network.logits(store, arrays, batch, false).toFloatArray();
    }
  }
}
