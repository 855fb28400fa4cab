package org.medcue.model.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medcue.model.ModelException;

/** A copy of a model's weights, which later training does not touch. */
public final class WeightSnapshot {

  private final Map<String, float[]> weights;

  private WeightSnapshot(Map<String, float[]> weights) {
    this.weights = weights;
  }

  /** Copies the weights as they are now. */
  public static WeightSnapshot of(LearnedModel model) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    model.parameters().forEach((name, p) -> weights.put(name, p.getArray().toFloatArray()));
    return new WeightSnapshot(weights);
  }

  /** Reads what {@link #write} wrote. */
  public static WeightSnapshot read(Path file) throws IOException {
    return new WeightSnapshot(TensorFile.read(file));
  }

  /** Writes the copied weights as safetensors, in the shapes that they have in the model. */
  public void write(Path file, LearnedModel model) throws IOException {
    try (NDManager manager = model.manager().newSubManager()) {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      model
          .parameters()
          .forEach(
              (name, p) ->
                  arrays.put(name, manager.create(valuesOf(name), p.getArray().getShape())));
      TensorFile.write(file, arrays);
    }
  }

  /**
   * Puts the copied weights back into the model.
   *
   * @throws ModelException if they are another model's
   */
  public void restoreTo(LearnedModel model) {
    model.parameters().forEach((name, p) -> TensorFile.restore(p.getArray(), name, weights));
  }

  private float[] valuesOf(String name) {
    float[] values = weights.get(name);
    if (values == null) {
      throw new ModelException("the weights lack " + name);
    }
    return values;
  }
}
