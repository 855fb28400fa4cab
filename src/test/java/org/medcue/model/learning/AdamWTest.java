package org.medcue.model.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medcue.model.ModelException;
import org.medcue.model.nn.Golden;
import org.medcue.model.nn.Torch;

/** Steps of a training phase against numbers that were computed without this code. */
class AdamWTest {

  private final Golden golden;
  private final NDManager manager = Torch.newManager();
  private final Map<String, Parameter> parameters = new TreeMap<>();

  AdamWTest() throws IOException {
    golden = Golden.read("adamw.json");
    for (String name : List.of("a", "b")) {
      NDArray start = array(golden.get("start").required(name));
      Parameter parameter = Parameter.builder().setName(name).setType(Parameter.Type.OTHER).build();
      parameter.setArray(start);
      start.setRequiresGradient(true);
      parameters.put(name, parameter);
    }
  }

  private NDArray array(JsonNode stored) {
    JsonNode shape = stored.required("shape");
    long[] dimensions =
        IntStream.range(0, shape.size()).mapToLong(i -> shape.get(i).longValue()).toArray();
    return manager
        .create(Golden.values(stored), new Shape(dimensions))
        .toType(DataType.FLOAT32, true);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** An epoch of one step on each of some gradients. */
  private final class Given extends TrainingPhase<Map<String, float[]>> {

    private List<Map<String, float[]>> gradients = List.of();

    Given() {
      super(
          "given",
          manager,
          parameters,
          new Schedule(
              golden.integer("epochs"),
              1,
              golden.get("learningRate").floatValue(),
              golden.get("weightDecay").floatValue(),
              1),
          golden.integer("stepsAnEpoch"));
    }

    void step(Map<String, float[]> gradient) {
      gradients = List.of(gradient);
      epoch(1, (done, loss) -> {});
    }

    @Override
    public int unitsAnEpoch() {
      return 1;
    }

    @Override
    protected List<Map<String, float[]>> batches(Random random) {
      return gradients;
    }

    @Override
    protected int units(Map<String, float[]> batch) {
      return 1;
    }

    @Override
    protected String origin(Map<String, float[]> batch) {
      return "given gradients";
    }

    /** A loss that is linear in the weights has the factors as its gradient. */
    @Override
    protected double accumulateGradients(Map<String, float[]> gradient, NDManager arrays) {
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray loss = arrays.zeros(new Shape());
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
          NDArray weights = entry.getValue().getArray();
          float[] values = gradient.getOrDefault(entry.getKey(), new float[(int) weights.size()]);
          loss = loss.add(weights.mul(arrays.create(values, weights.getShape())).sum());
        }
        collector.backward(loss);
      }
      return 0;
    }
  }

  private static Map<String, float[]> gradient(JsonNode stored) {
    return Map.of(
        "a", Golden.values(stored.required("a")), "b", Golden.values(stored.required("b")));
  }

  /** The second gradient is 15.5 long and is shortened to 5. */
  @Test
  void stepsFollowAdamWithClippingDecayAndSchedule() {
    try (Given phase = new Given()) {
      for (int step = 0; step < golden.get("gradients").size(); step++) {
        phase.step(gradient(golden.get("gradients").get(step)));

        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
          JsonNode expected = golden.get("expected").get(step).required(entry.getKey());
          assertThat(entry.getValue().getArray().toFloatArray())
              .as("%s after step %d", entry.getKey(), step + 1)
              .containsExactly(Golden.values(expected), within(1e-6f));
        }
      }
    }
  }

  @Test
  void rateRisesThenFallsToATwentiethAndStaysThere() {
    try (Given phase = new Given()) {
      JsonNode rates = golden.get("rates");
      for (int step = 0; step < rates.size(); step++) {
        phase.step(Map.of());

        assertThat(phase.learningRate())
            .as("step %d", step + 1)
            .isCloseTo(rates.get(step).doubleValue(), within(1e-8));
      }
      assertThat(phase.learningRate())
          .isCloseTo(golden.get("learningRate").doubleValue() / 20, within(1e-8));
    }
  }

  /** Moments, steps and with them rate and correction go on as if nothing had happened. */
  @Test
  void restoredPhaseGoesOnWithTheSameSteps() {
    Map<String, float[]> state = new TreeMap<>();
    try (Given before = new Given()) {
      before.step(gradient(golden.get("gradients").get(0)));
      before.step(gradient(golden.get("gradients").get(1)));
      before.state().forEach((name, moment) -> state.put(name, moment.toFloatArray()));
    }
    try (Given after = new Given()) {
      after.restore(2, state);
      after.step(gradient(golden.get("gradients").get(2)));
      after.step(gradient(golden.get("gradients").get(3)));
    }
    JsonNode expected = golden.get("expected").get(3);
    parameters.forEach(
        (name, p) ->
            assertThat(p.getArray().toFloatArray())
                .containsExactly(Golden.values(expected.required(name)), within(1e-6f)));
  }

  @Test
  void gradientThatIsNoNumberMovesNothingAndIsNamed() {
    Map<String, float[]> gradient = Map.of("b", new float[] {1, Float.NaN, 1, 1});
    try (Given phase = new Given()) {
      assertThatThrownBy(() -> phase.step(gradient))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("given stopped in epoch 1, step 1")
          .hasMessageContaining("the gradient of b is not finite")
          .hasMessageContaining("given gradients");
    }
    parameters.forEach(
        (name, p) ->
            assertThat(p.getArray().toFloatArray())
                .isEqualTo(Golden.values(golden.get("start").required(name))));
  }
}
