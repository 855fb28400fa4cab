package org.medcue.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.List;

/**
 * A card as the page shows it; read from the wire, as an EHR reads it.
 *
 * @param uuid for feedback
 * @param summary the headline
 * @param indicator {@code info}, {@code warning} or {@code critical}
 * @param source who says so
 * @param detail HTML
 * @param suggestions to choose from
 * @param reasons for rejecting it
 */
record ShownCard(
    String uuid,
    String summary,
    String indicator,
    String source,
    RawString detail,
    List<ShownSuggestion> suggestions,
    List<ShownReason> reasons) {

  record ShownSuggestion(String uuid, String label, String percent) {}

  record ShownReason(String system, String code, String display) {}

  static List<ShownCard> of(JsonNode answer) {
    List<ShownCard> shown = new ArrayList<>();
    answer.path("cards").forEach(card -> shown.add(card(card)));
    return shown;
  }

  private static ShownCard card(JsonNode card) {
    List<ShownSuggestion> suggestions = new ArrayList<>();
    card.path("suggestions").forEach(s -> suggestions.add(suggestion(s)));
    List<ShownReason> reasons = new ArrayList<>();
    card.path("overrideReasons")
        .forEach(
            r ->
                reasons.add(
                    new ShownReason(text(r, "system"), text(r, "code"), text(r, "display"))));
    return new ShownCard(
        text(card, "uuid"),
        text(card, "summary"),
        text(card, "indicator"),
        text(card.path("source"), "label"),
        new RawString(CardMarkdown.toHtml(text(card, "detail"))),
        suggestions,
        reasons);
  }

  private static ShownSuggestion suggestion(JsonNode suggestion) {
    double probability = suggestion.path("extension").path("org.medcue.probability").asDouble();
    return new ShownSuggestion(
        text(suggestion, "uuid"), text(suggestion, "label"), Math.round(probability * 100) + " %");
  }

  private static String text(JsonNode parent, String name) {
    return parent.path(name).asText("");
  }
}
