package org.medcue.cdshooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A card (CDS Hooks 2.0, "Card Attributes").
 *
 * @param uuid by which feedback names it
 * @param summary less than 140 characters
 * @param detail GitHub-flavoured Markdown
 * @param indicator {@code info}, {@code warning} or {@code critical}
 * @param source who says so
 * @param suggestions drugs to choose from; left out where there is none
 * @param selectionBehavior {@code at-most-one}; left out without suggestions
 * @param overrideReasons reasons to choose from when rejecting the card
 * @param extension model, knowledge, omissions
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Card(
    UUID uuid,
    String summary,
    String detail,
    String indicator,
    Source source,
    List<Suggestion> suggestions,
    Optional<String> selectionBehavior,
    List<Coding> overrideReasons,
    Map<String, Object> extension) {

  /** Who says so. */
  public record Source(String label) {}
}
