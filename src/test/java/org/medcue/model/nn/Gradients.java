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
import java.util.Map;
import java.util.function.Function;

/** Compares the gradients of a block's parameters with central differences. */
final class Gradients {

  /** Large for mathematics, small enough against the bend, since float32 has seven digits. */
  private static final float STEP = 5e-3f;

  private static final float TOLERANCE = 5e-3f;
  private static final int EVERY = 7;

  private Gradients() {}

  static void assertAgreeWithDifferences(
      NDManager manager,
      Map<String, Parameter> parameters,
      Function<ParameterStore, NDList> forward) {
    ParameterStore store = new ParameterStore(manager, false);
    long size = forward.apply(store).singletonOrThrow().size();
    // A sum would have no gradient behind a layer normalisation: weigh each output differently.
    NDArray weights = manager.arange(0, size, 1).add(1).sin();
    Function<ParameterStore, NDArray> loss =
        s -> forward.apply(s).singletonOrThrow().flatten().mul(weights).sum();
    parameters.values().forEach(p -> p.getArray().setRequiresGradient(true));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(loss.apply(store));
    }
    parameters.forEach(
        (name, parameter) -> {
          float[] analytic = parameter.getArray().getGradient().toFloatArray();
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

  private static float difference(Parameter parameter, int index, Loss loss) {
    parameter.getArray().setRequiresGradient(false);
    float[] values = parameter.getArray().toFloatArray();
    float own = values[index];
    values[index] = own + STEP;
    parameter.getArray().set(values);
    float above = loss.value();
    values[index] = own - STEP;
    parameter.getArray().set(values);
    float below = loss.value();
    values[index] = own;
    parameter.getArray().set(values);
    return (above - below) / (2 * STEP);
  }
}
