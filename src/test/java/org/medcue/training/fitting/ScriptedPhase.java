package org.medcue.training.fitting;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Random;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.visits.VisitModel;

/** A phase of one step an epoch that moves one weight and learns nothing. */
final class ScriptedPhase extends TrainingPhase<Integer> {

  private final NDArray moved;
  private final int units;

  ScriptedPhase(String name, VisitModel model, int epochs) {
    this(name, model, epochs, 1);
  }

  ScriptedPhase(String name, VisitModel model, int epochs, int units) {
    super(name, model.manager(), model.parameters(), new Schedule(epochs, 1, 1e-2f, 0, 1), 1);
    moved = model.parameters().entrySet().iterator().next().getValue().getArray();
    this.units = units;
  }

  @Override
  public int unitsAnEpoch() {
    return units;
  }

  @Override
  protected List<Integer> batches(Random random) {
    return List.of(1);
  }

  @Override
  protected int units(Integer batch) {
    return units;
  }

  @Override
  protected String origin(Integer batch) {
    return "nobody";
  }

  @Override
  protected double accumulateGradients(Integer batch, NDManager arrays) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss = moved.sum();
      collector.backward(loss);
      return loss.getFloat();
    }
  }
}
