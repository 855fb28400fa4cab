package org.medcue.feedback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an EHR reports about one card.
 *
 * @param card the card's uuid as reported; may be none that Medcue served
 * @param outcome what the doctor did
 * @param at when, by the clock of the EHR
 * @param acceptedSuggestions uuids of the suggestions taken
 * @param reason the reason chosen for rejecting, where one was
 * @param userComment the doctor's own words, where there are any
 */
public record FeedbackItem(
    String card,
    Outcome outcome,
    Instant at,
    List<String> acceptedSuggestions,
    Optional<Reason> reason,
    Optional<String> userComment) {

  /** What a doctor did with a card, in the words of CDS Hooks. */
  public enum Outcome {
    ACCEPTED,
    OVERRIDDEN
  }

  /** A coded reason, maybe not one that the card offered. */
  public record Reason(Optional<String> system, Optional<String> code, Optional<String> display) {}

  public FeedbackItem {
    acceptedSuggestions = List.copyOf(acceptedSuggestions);
  }
}
