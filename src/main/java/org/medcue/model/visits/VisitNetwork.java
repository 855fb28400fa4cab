package org.medcue.model.visits;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A network that scores the drugs of visits: MR-KPA and the baselines that learn. All are trained
 * and evaluated by the same code on the same batches.
 *
 * <p>Shapes: T tokens, l vector size, B targets, M labels.
 */
public abstract class VisitNetwork extends AbstractBlock {

  private final int labels;

  /**
   * @param labels M
   */
  protected VisitNetwork(int labels) {
    this.labels = labels;
  }

  /**
   * The embedding of every token (T, l), which depends on weights alone, so that a predictor
   * computes it once.
   */
  public abstract NDArray tokenTable(ParameterStore store, NDManager manager, boolean training);

  /**
   * Logits (B, M) of a batch's targets.
   *
   * @param tokenTable what {@link #tokenTable} gave
   */
  public abstract NDArray logits(
      ParameterStore store,
      NDManager manager,
      NDArray tokenTable,
      VisitBatch batch,
      boolean training);

  /** Not used: a pass needs a {@link VisitBatch}, see {@link #logits}. */
  @Override
  protected final NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    throw new UnsupportedOperationException("use tokenTable and logits");
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(-1, labels)};
  }
}
