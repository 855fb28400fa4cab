package org.medcue.model.nn;

import ai.djl.ndarray.NDArray;

/**
 * Scalars that live as long as the arrays they are multiplied with.
 *
 * <p>{@code NDArray.mul(Number)} and {@code div(Number)} wrap the number in an array over Java
 * memory and close it at once, while the gradient graph keeps its address: if the garbage collector
 * runs before the backward pass, gradients are multiplied with whatever lies there by then.
 */
public final class Scalars {

  private Scalars() {}

  /** The array times a number, safe in a backward pass. */
  public static NDArray scale(NDArray array, double factor) {
    return array.mul(array.getManager().create((float) factor));
  }

  /** 0 where a mask is 1 and far below any score where it is 0, to be added before a softmax. */
  public static NDArray blocked(NDArray mask) {
    return scale(mask.sub(1), 1e9);
  }
}
