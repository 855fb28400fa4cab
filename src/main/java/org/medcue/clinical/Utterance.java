package org.medcue.clinical;

/**
 * What was said at once.
 *
 * @param speaker who said it
 * @param text the words, not blank
 */
public record Utterance(Speaker speaker, String text) {

  /**
   * @throws IllegalArgumentException if the text is blank
   */
  public Utterance {
    if (text.isBlank()) {
      throw new IllegalArgumentException("an utterance needs words");
    }
  }
}
