package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;
import org.medcue.model.nn.Scalars;

/**
 * Single-head attention over the graph of a dialogue (DDN, equations 1 and 2): each utterance
 * attends to itself and to those that it shares an edge with. One head, as the paper has it: the
 * graphs are small.
 *
 * <p>Shapes: B dialogues, U utterances, M size of a vector, D size of the output. Input: (B, U, M)
 * and the graph's edges (B, U, U), 1 for an edge, every utterance with one to itself. Output: (B,
 * U, D).
 */
public final class DialogueGraphAttention extends AbstractBlock {

  private static final float LEAK = 0.2f;

  private final int size;
  private final Parameter weight;
  private final Parameter attentionOf;
  private final Parameter attentionTo;

  /**
   * @param inputSize M
   * @param size D
   */
  public DialogueGraphAttention(int inputSize, int size) {
    this.size = size;
    weight = parameter("weight", new Shape(inputSize, size));
    attentionOf = parameter("attentionOf", new Shape(size, 1));
    attentionTo = parameter("attentionTo", new Shape(size, 1));
  }

  private Parameter parameter(String name, Shape shape) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.WEIGHT)
            .optShape(shape)
            .optInitializer(new XavierInitializer())
            .build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    NDArray utterances = inputs.get(0);
    var device = utterances.getDevice();
    NDArray projected = utterances.matMul(store.getValue(weight, device, training)); // (B, U, D)
    // a · [W h_i || W h_j] is the sum of two products
    NDArray of = projected.matMul(store.getValue(attentionOf, device, training)); // (B, U, 1)
    NDArray to = projected.matMul(store.getValue(attentionTo, device, training));
    NDArray scores = Activation.leakyRelu(of.add(to.transpose(0, 2, 1)), LEAK); // (B, U, U)
    NDArray attention = scores.add(Scalars.blocked(inputs.get(1))).softmax(2);
    return new NDList(Activation.elu(attention.matMul(projected), 1f));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape in = inputShapes[0];
    return new Shape[] {new Shape(in.get(0), in.get(1), size)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    // No child blocks: all shapes are known from the constructor.
  }
}
