package org.medcue.model.visits;

import java.util.LinkedHashMap;
import java.util.Map;

/** A copy of a model's weights, which later training does not touch. */
public final class WeightSnapshot {

  private final Map<String, float[]> weights = new LinkedHashMap<>();

  private WeightSnapshot() {}

  /** Copies the weights as they are now. */
  public static WeightSnapshot of(VisitModel model) {
    WeightSnapshot snapshot = new WeightSnapshot();
    model
        .parameters()
        .forEach((name, p) -> snapshot.weights.put(name, p.getArray().toFloatArray()));
    return snapshot;
  }

  /** Puts the copied weights back into the model. */
  public void restoreTo(VisitModel model) {
    model.parameters().forEach((name, p) -> p.getArray().set(weights.get(name)));
  }
}
