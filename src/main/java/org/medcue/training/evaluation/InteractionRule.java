package org.medcue.training.evaluation;

import java.util.function.BiPredicate;

/**
 * Whether two drugs of a label space should not be given together.
 *
 * @param table the version of knowledge that says so, such as {@code interactions/1.0.0}
 * @param rule symmetric: the order of the labels does not matter
 */
public record InteractionRule(String table, BiPredicate<String, String> rule) {

  boolean interacts(String labelA, String labelB) {
    return rule.test(labelA, labelB);
  }
}
