package org.medcue.model.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.medcue.model.ModelException;

/**
 * Adam with decoupled weight decay, clipped by the norm of the whole gradient. DJL's own optimiser
 * keeps its moments to itself, so a training that uses it cannot be resumed with the same result.
 */
final class AdamW implements AutoCloseable {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Map<String, Parameter> parameters;
  private final IntToDoubleFunction rate;
  private final double weightDecay;
  private final Pace pace;
  private final NDManager manager;
  private final Map<String, NDArray> moments = new LinkedHashMap<>();
  private int steps;

  /**
   * @param rate learning rate by step, from 1
   */
  AdamW(
      Map<String, Parameter> parameters,
      IntToDoubleFunction rate,
      double weightDecay,
      Pace pace,
      NDManager parent) {
    this.parameters = parameters;
    this.rate = rate;
    this.weightDecay = weightDecay;
    this.pace = pace;
    this.manager = parent.newSubManager();
    parameters.forEach(
        (name, parameter) -> {
          for (String moment : new String[] {"mean.", "square."}) {
            moments.put(moment + name, manager.zeros(parameter.getArray().getShape()));
          }
        });
  }

  /**
   * Moves the parameters by their gradients and zeroes these.
   *
   * @throws ModelException if a gradient is not finite
   */
  void step() {
    double norm = gradientNorm();
    double shrink = Math.min(1, pace.mostGradient() / Math.max(norm, 1e-12));
    steps++;
    double stepRate = rate.applyAsDouble(steps);
    double correction = 1 - Math.pow(BETA1, steps);
    double root = Math.sqrt(1 - Math.pow(BETA2, steps));
    parameters.forEach(
        (name, parameter) -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray weights = parameter.getArray();
            NDArray gradient = weights.getGradient();
            gradient.muli(shrink);
            NDArray mean = moment("mean.", name);
            NDArray square = moment("square.", name);
            mean.muli(BETA1).addi(gradient.mul(1 - BETA1));
            square.muli(BETA2).addi(gradient.square().muli(1 - BETA2));
            NDArray move = square.sqrt().divi(root).addi(EPSILON);
            double ownRate = stepRate * pace.factorOf(name);
            weights.muli(1 - ownRate * weightDecay).subi(mean.div(move).muli(ownRate / correction));
            gradient.muli(0); // gradients accumulate otherwise
          }
        });
  }

  private NDArray moment(String kind, String name) {
    NDArray moment = moments.get(kind + name);
    if (moment == null) {
      throw new IllegalStateException("no moment for " + name);
    }
    return moment;
  }

  private double gradientNorm() {
    double squares = 0;
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        double square = entry.getValue().getArray().getGradient().square().sum().getFloat();
        if (!Double.isFinite(square)) {
          throw new ModelException("the gradient of " + entry.getKey() + " is not finite");
        }
        squares += square;
      }
    }
    return Math.sqrt(squares);
  }

  double rate() {
    return rate.applyAsDouble(Math.max(1, steps));
  }

  int steps() {
    return steps;
  }

  /** The moments by name. */
  Map<String, NDArray> moments() {
    return moments;
  }

  /**
   * Goes on where another training was.
   *
   * @throws ModelException if the values are another network's
   */
  void restore(int stepsDone, Map<String, float[]> values) {
    steps = stepsDone;
    moments.forEach((name, array) -> TensorFile.restore(array, name, values));
  }

  @Override
  public void close() {
    manager.close();
  }
}
