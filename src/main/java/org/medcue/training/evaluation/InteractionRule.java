package org.medcue.training.evaluation;

/** Whether two drugs of a label space should not be given together. */
@FunctionalInterface
public interface InteractionRule {

  /** Symmetric: the order of the labels does not matter. */
  boolean interacts(String labelA, String labelB);
}
