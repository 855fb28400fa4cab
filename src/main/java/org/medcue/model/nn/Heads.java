package org.medcue.model.nn;

import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.initializer.ConstantInitializer;

/** Output layers over many codes of which few apply. */
public final class Heads {

  private static final float RARE = -4;

  private Heads() {}

  /** A linear layer that gives each code a low probability at first, about 2 %. */
  public static Linear linear(int codes) {
    Linear head = Linear.builder().setUnits(codes).build();
    head.setInitializer(new ConstantInitializer(RARE), Parameter.Type.BIAS);
    return head;
  }
}
