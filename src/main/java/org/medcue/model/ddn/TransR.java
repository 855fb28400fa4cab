package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.PairList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medcue.model.learning.LearnedModel;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.nn.Tables;
import org.medcue.model.nn.Torch;

/**
 * Embeddings of a knowledge graph by TransR (Lin et al., "Learning entity and relation embeddings
 * for knowledge graph completion", AAAI 2015): a fact is likely where the head, seen through its
 * relation, moved by the relation, lies near the tail. They initialise the disease encoder.
 *
 * <p>Shapes: N facts, E size of an entity and of a relation.
 */
public final class TransR extends AbstractBlock implements LearnedModel {

  private final NDManager manager;
  private final int size;
  private final Parameter entities;
  private final Parameter relations;
  private final Parameter projections;

  /**
   * Random embeddings, the same for the same seed.
   *
   * @param entityCount of the graph
   * @param relationCount of the graph
   * @param size E
   */
  public TransR(int entityCount, int relationCount, int size, int seed) {
    this.manager = Torch.newManager(DeviceChoice.CPU);
    this.size = size;
    entities = parameter("entities", new Shape(entityCount, size));
    relations = parameter("relations", new Shape(relationCount, size));
    projections = parameter("projections", new Shape(relationCount, (long) size * size));
    Torch.seed(seed);
    initialize(manager, DataType.FLOAT32, new Shape(1));
    identities(relationCount);
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

  /** Each relation sees entities as they are at first, as TransE does. */
  private void identities(int relationCount) {
    try (NDArray one = manager.eye(size).reshape(1, (long) size * size);
        NDArray all = one.repeat(0, relationCount)) {
      Torch.copy(all, projections.getArray());
    }
  }

  /**
   * Squared distances (N), small for likely facts.
   *
   * @param heads entity numbers (N)
   * @param relationNumbers (N)
   * @param tails entity numbers (N)
   */
  NDArray distances(
      ParameterStore store,
      NDArray heads,
      NDArray relationNumbers,
      NDArray tails,
      boolean training) {
    var device = heads.getDevice();
    NDArray table = store.getValue(entities, device, training);
    NDArray seenThrough =
        Tables.rows(relationNumbers, store.getValue(projections, device, training))
            .reshape(heads.getShape().get(0), size, size);
    NDArray moved = Tables.rows(relationNumbers, store.getValue(relations, device, training));
    NDArray difference = Tables.rows(heads, table).sub(Tables.rows(tails, table)).expandDims(1);
    return difference.matMul(seenThrough).squeeze(1).add(moved).square().sum(new int[] {1});
  }

  /** The entity embeddings (entities, E). */
  public NDArray entities() {
    return entities.getArray();
  }

  /** The relation embeddings (relations, E). */
  public NDArray relations() {
    return relations.getArray();
  }

  @Override
  public Map<String, Parameter> parameters() {
    return LearnedModel.parametersOf(this);
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  /** Not used: see {@link #distances}. */
  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    throw new UnsupportedOperationException("use distances");
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    // No child blocks: all shapes are known from the constructor.
  }
}
