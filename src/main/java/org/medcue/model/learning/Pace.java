package org.medcue.model.learning;

import java.util.Map;

/**
 * How fast single weights move.
 *
 * @param factors of the learning rate by the beginning of a parameter's name; 1 for all others
 * @param mostGradient longest gradient of all weights together, in the Euclidean norm; a longer one
 *     is shortened
 */
public record Pace(Map<String, Double> factors, double mostGradient) {

  /** All weights alike. */
  public static final Pace EVEN = new Pace(Map.of(), 5);

  public Pace {
    factors = Map.copyOf(factors);
  }

  double factorOf(String name) {
    return factors.entrySet().stream()
        .filter(factor -> name.startsWith(factor.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .findFirst()
        .orElse(1);
  }
}
