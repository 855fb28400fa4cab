package org.medcue.model.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import org.medcue.model.nn.Heads;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.VisitNetwork;
import org.medcue.model.visits.Vocabulary;

/**
 * Logistic regression, one for each label, on multi-hot features of history and present, see {@link
 * RegressionFeatures}. It starts from weights of zero: what training has never seen says nothing.
 */
public final class RegressionNetwork extends VisitNetwork {

  private final RegressionFeatures features;
  private final Linear head;

  /**
   * @param sameReason whether the drugs of the last visit for the present reason are features too,
   *     as they are in MR-KPA's drug memory
   */
  public RegressionNetwork(Vocabulary vocabulary, boolean sameReason) {
    super(vocabulary.labels().size());
    features = new RegressionFeatures(vocabulary, sameReason);
    head = addChildBlock("head", Heads.linear(vocabulary.labels().size()));
    head.setInitializer(new ConstantInitializer(0), Parameter.Type.WEIGHT);
  }

  /** Nothing: the features are read from the batch. */
  @Override
  public NDArray tokenTable(ParameterStore store, NDManager manager, boolean training) {
    return manager.zeros(new Shape(1, 1));
  }

  @Override
  public NDArray logits(
      ParameterStore store,
      NDManager manager,
      NDArray tokenTable,
      VisitBatch batch,
      boolean training) {
    Shape shape = new Shape(batch.targetCount(), features.count());
    NDArray x = manager.create(features.of(batch), shape);
    return head.forward(store, new NDList(x), training).singletonOrThrow();
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    head.initialize(manager, type, new Shape(1, features.count()));
  }
}
