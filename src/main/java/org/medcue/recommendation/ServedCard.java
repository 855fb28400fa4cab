package org.medcue.recommendation;

import java.util.List;
import java.util.UUID;

/**
 * A card as served, by which feedback finds its drugs.
 *
 * @param card uuid of the card
 * @param suggestions its suggestions, in the order shown; may be empty
 */
public record ServedCard(UUID card, List<ServedSuggestion> suggestions) {

  /** A suggestion and the RxNorm code or label of its drug. */
  public record ServedSuggestion(UUID suggestion, String drug) {}

  public ServedCard {
    suggestions = List.copyOf(suggestions);
  }
}
