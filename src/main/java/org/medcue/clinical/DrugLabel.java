package org.medcue.clinical;

/**
 * A label of the dialogue model, which may stand for closely related drugs and for any of their
 * preparations: 奥美拉唑 for the proton-pump inhibitors. Who knows the labels knows their codes.
 *
 * @param value the Chinese label
 */
public record DrugLabel(String value) implements Drug {

  /**
   * @throws IllegalArgumentException if the value is blank or a number
   */
  public DrugLabel {
    if (value.isBlank() || isNumber(value)) {
      throw new IllegalArgumentException("a drug label needs words");
    }
  }

  static boolean isNumber(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
