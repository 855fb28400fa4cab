package org.medcue.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Compares the gradients of a block's parameters with central differences. */
public final class Gradients {

  /** Large for mathematics, small enough against the bend, since float32 has seven digits. */
  private static final float STEP = 5e-3f;

  private static final float TOLERANCE = 5e-3f;
  private static final int EVERY = 7;

  private Gradients() {}

  public static void assertAgreeWithDifferences(
      NDManager manager,
      Map<String, Parameter> parameters,
      Function<ParameterStore, NDList> forward) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    assertArraysAgreeWithDifferences(manager, arrays, forward);
  }

  /**
   * Checks every seventh number of each array, the first always.
   *
   * @param forward any output, also a single loss
   */
  public static void assertArraysAgreeWithDifferences(
      NDManager manager,
      Map<String, NDArray> parameters,
      Function<ParameterStore, NDList> forward) {
    ParameterStore store = new ParameterStore(manager, false);
    long size = forward.apply(store).singletonOrThrow().size();
    // A sum would have no gradient behind a layer normalisation: weigh each output differently.
    NDArray weights = manager.arange(0, size, 1).add(1).sin();
    Function<ParameterStore, NDArray> loss =
        s -> forward.apply(s).singletonOrThrow().flatten().mul(weights).sum();
    parameters.values().forEach(p -> p.setRequiresGradient(true));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(loss.apply(store));
    }
    parameters.forEach(
        (name, parameter) -> {
          float[] analytic = parameter.getGradient().toFloatArray();
          for (int i = 0; i < analytic.length; i += EVERY) {
            float numeric = difference(parameter, i, () -> loss.apply(store).getFloat());
            assertThat(numeric)
                .as("%s[%d]", name, i)
                .isCloseTo(analytic[i], within(TOLERANCE * (1 + Math.abs(analytic[i]))));
          }
        });
  }

  private interface Loss {
    float value();
  }

  private static float difference(NDArray parameter, int index, Loss loss) {
    parameter.setRequiresGradient(false);
    float[] values = parameter.toFloatArray();
    float own = values[index];
    values[index] = own + STEP;
    parameter.set(values);
    float above = loss.value();
    values[index] = own - STEP;
    parameter.set(values);
    float below = loss.value();
    values[index] = own;
    parameter.set(values);
    return (above - below) / (2 * STEP);
  }
}
