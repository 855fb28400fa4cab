package org.medcue.model.nn;

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

/**
 * Multi-head graph attention over a tree of codes (MR-KPA, equation 1): each node attends to itself
 * and its ancestors, so that rare codes borrow from the classes they belong to.
 *
 * <p>Shapes: N nodes, P longest path (a node and its ancestors), E embedding size, H heads, D size
 * of a head. Input: the paths as node indices (N, P), padded with the node itself, and their mask
 * (N, P), 1 for a node of the path. Output: (N, H · D).
 */
public final class GraphAttention extends AbstractBlock {

  private static final float LEAK = 0.2f;

  private final int heads;
  private final int headSize;
  private final Parameter nodes;
  private final Parameter weight;
  private final Parameter attentionOfNode;
  private final Parameter attentionToPath;

  /**
   * @param nodeCount N
   * @param embeddingSize E
   * @param heads H
   * @param headSize D
   */
  public GraphAttention(int nodeCount, int embeddingSize, int heads, int headSize) {
    this.heads = heads;
    this.headSize = headSize;
    int out = heads * headSize;
    nodes = parameter("nodes", new Shape(nodeCount, embeddingSize));
    weight = parameter("weight", new Shape(embeddingSize, out));
    attentionOfNode = parameter("attentionOfNode", new Shape(heads, headSize));
    attentionToPath = parameter("attentionToPath", new Shape(heads, headSize));
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

  /** The node embeddings, which adversarial training perturbs. */
  public Parameter nodes() {
    return nodes;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    NDArray paths = inputs.get(0); // (N, P)
    NDArray mask = inputs.get(1); // (N, P)
    var device = paths.getDevice();
    NDArray table = store.getValue(nodes, device, training);
    NDArray w = store.getValue(weight, device, training);
    NDArray aNode = store.getValue(attentionOfNode, device, training);
    NDArray aPath = store.getValue(attentionToPath, device, training);

    long n = paths.getShape().get(0);
    long p = paths.getShape().get(1);
    NDArray projected = table.matMul(w).reshape(n, heads, headSize); // (N, H, D)
    NDArray ofNode = projected.mul(aNode).sum(new int[] {2}); // (N, H)
    NDArray toPath = projected.mul(aPath).sum(new int[] {2}); // (N, H)

    NDArray pathScores = Tables.rows(paths, toPath).reshape(n, p, heads); // (N, P, H)
    NDArray scores = Activation.leakyRelu(pathScores.add(ofNode.expandDims(1)), LEAK);
    NDArray blocked = Scalars.blocked(mask).expandDims(2);
    NDArray attention = scores.add(blocked).softmax(1); // (N, P, H)

    NDArray values =
        Tables.rows(paths, projected.reshape(n, (long) heads * headSize))
            .reshape(n, p, heads, headSize); // (N, P, H, D)
    NDArray mixed = values.mul(attention.expandDims(3)).sum(new int[] {1}); // (N, H, D)
    return new NDList(Activation.elu(mixed, 1f).reshape(n, (long) heads * headSize));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), (long) heads * headSize)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    // No child blocks: all shapes are known from the constructor.
  }
}
