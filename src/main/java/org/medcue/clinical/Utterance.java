package org.medcue.clinical;

import java.util.Optional;

/**
 * What was said at once.
 *
 * @param speaker who said it
 * @param text the words, not blank
 * @param message the id of the Communication that holds it, by which it is found in the EHR; empty
 *     where it has none or comes from elsewhere
 */
public record Utterance(Speaker speaker, String text, Optional<String> message) {

  /**
   * @throws IllegalArgumentException if the text is blank
   */
  public Utterance {
    if (text.isBlank()) {
      throw new IllegalArgumentException("an utterance needs words");
    }
  }

  /** Of no message that could be looked up. */
  public Utterance(Speaker speaker, String text) {
    this(speaker, text, Optional.empty());
  }
}
