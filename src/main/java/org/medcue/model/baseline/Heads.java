package org.medcue.model.baseline;

import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.ConstantInitializer;

/** The output layer that all networks here share. */
final class Heads {

  /** Few of the drugs are ordered at a visit: start from a low probability for each. */
  private static final float RARE = -4;

  private Heads() {}

  static Linear linear(int labels) {
    Linear head = Linear.builder().setUnits(labels).build();
    head.setInitializer(new ConstantInitializer(RARE), Parameter.Type.BIAS);
    return head;
  }
}
