package org.medcue.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;

/** Rows of tables of vectors, with gradients. */
public final class Tables {

  private Tables() {}

  /**
   * Looks rows up.
   *
   * @param indices of any shape (…)
   * @param table (rows, l)
   * @return (…, l)
   */
  public static NDArray rows(NDArray indices, NDArray table) {
    return Embedding.embedding(indices, table, SparseFormat.DENSE).singletonOrThrow();
  }
}
