package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
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
import org.medcue.model.nn.Tables;
import org.medcue.model.nn.Torch;

/**
 * What is known of a disease in the light of a dialogue (DDN, equations 3 and 4): attention over
 * the neighbours of the disease in the knowledge graph, by both entities, their relation and the
 * dialogue. One layer: each disease has tens of neighbours.
 *
 * <p>Shapes: B dialogues, N most neighbours, E size of an entity, R size of a relation, D size of a
 * dialogue, S size of the output. Input: the diseases' entities (B), neighbours' entities (B, N),
 * their relations (B, N), a mask (B, N), 1 for a neighbour, and the dialogues (B, D). Output: (B,
 * S).
 */
public final class DiseaseEncoder extends AbstractBlock {

  private static final float LEAK = 0.2f;

  private final int size;
  private final Parameter entities;
  private final Parameter relations;
  private final Parameter ofPair;
  private final Parameter ofRelation;
  private final Parameter ofDialogue;
  private final Parameter attention;
  private final Parameter values;

  /**
   * Sizes of the encoder.
   *
   * @param entities number of entities
   * @param relations number of relations, either direction one of its own
   * @param entity E
   * @param relation R
   * @param dialogue D
   * @param output S
   */
  public record Sizes(
      int entities, int relations, int entity, int relation, int dialogue, int output) {}

  public DiseaseEncoder(Sizes sizes) {
    size = sizes.output;
    entities = parameter("entities", sizes.entities, sizes.entity);
    relations = parameter("relations", sizes.relations, sizes.relation);
    ofPair = parameter("ofPair", 2 * sizes.entity, size);
    ofRelation = parameter("ofRelation", sizes.relation, size);
    ofDialogue = parameter("ofDialogue", sizes.dialogue, size);
    attention = parameter("attention", 3 * size, 1);
    values = parameter("values", sizes.entity, size);
  }

  private Parameter parameter(String name, int rows, int columns) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.WEIGHT)
            .optShape(new Shape(rows, columns))
            .optInitializer(new XavierInitializer())
            .build());
  }

  /**
   * Lets entities and relations begin as TransR has them; the relation to the other direction is
   * the opposite move, and that of a disease to itself none.
   *
   * @throws IllegalArgumentException if the embeddings are of another size or graph
   */
  public void startFrom(TransR embeddings) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray moves = embeddings.relations();
      NDArray self = moves.getManager().zeros(new Shape(1, moves.getShape().get(1)));
      put(embeddings.entities(), entities);
      put(NDArrays.concat(new NDList(moves, moves.neg(), self)), relations);
    }
  }

  private static void put(NDArray from, Parameter to) {
    if (!from.getShape().equals(to.getArray().getShape())) {
      throw new IllegalArgumentException(
          "embeddings of " + from.getShape() + " do not fit " + to.getArray().getShape());
    }
    Torch.copy(from, to.getArray());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    var device = inputs.get(0).getDevice();
    NDArray table = store.getValue(entities, device, training);
    NDArray neighbours = Tables.rows(inputs.get(1), table); // (B, N, E)
    long count = neighbours.getShape().get(1);
    NDArray disease = Tables.rows(inputs.get(0), table).expandDims(1).repeat(1, count);
    NDArray relation =
        Tables.rows(inputs.get(2), store.getValue(relations, device, training)); // (B, N, R)
    NDArray dialogue =
        inputs.get(4).matMul(store.getValue(ofDialogue, device, training)).expandDims(1);

    NDArray parts =
        NDArrays.concat(
            new NDList(
                disease.concat(neighbours, 2).matMul(store.getValue(ofPair, device, training)),
                relation.matMul(store.getValue(ofRelation, device, training)),
                dialogue.repeat(1, count)),
            2); // (B, N, 3S)
    NDArray scores =
        Activation.leakyRelu(
            parts.matMul(store.getValue(attention, device, training)).squeeze(2), LEAK);
    NDArray weights = scores.add(Scalars.blocked(inputs.get(3))).softmax(1); // (B, N)
    NDArray mixed =
        weights
            .expandDims(1)
            .matMul(neighbours.matMul(store.getValue(values, device, training)))
            .squeeze(1);
    return new NDList(Activation.elu(mixed, 1f));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), size)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    // No child blocks: all shapes are known from the constructor.
  }
}
