package org.medcue.model.mrkpa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.ParameterStore;
import org.medcue.model.visits.VisitBatch;

/** The network's logits outside training and prediction. */
final class Logits {

  private Logits() {}

  static float[][] of(MrKpaModel model, VisitBatch batch) {
    try (NDScope scope = new NDScope();
        NDManager manager = model.manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      ParameterStore store = new ParameterStore(model.manager(), false);
      NDArray table = model.network().tokenTable(store, manager, false);
      NDArray logits = model.network().logits(store, manager, table, batch, false);
      float[][] rows = new float[batch.targetCount()][];
      for (int row = 0; row < rows.length; row++) {
        rows[row] = logits.get(row).toFloatArray();
      }
      return rows;
    }
  }
}
