package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** Compares cards that are made once more with those that were served. */
final class CardComparison {

  private static final String RECOMMENDATION = "org.medcue.recommendation";

  private CardComparison() {}

  /**
   * Gives cards the identifiers of then where those are made up anew each time: of a card, a
   * suggestion and a new order. An order that is changed keeps the identifier that the client gave
   * it, which is compared as all else.
   *
   * @param now the cards, which are changed
   * @param then the cards as served
   * @param recommendation that the log has them under
   */
  static void adoptIdentifiers(JsonNode now, JsonNode then, UUID recommendation) {
    for (int i = 0; i < now.size(); i++) {
      JsonNode card = now.path(i);
      adopt("uuid", card, then.path(i));
      if (card.path("extension") instanceof ObjectNode extension && extension.has(RECOMMENDATION)) {
        extension.put(RECOMMENDATION, recommendation.toString());
      }
      JsonNode suggestions = card.path("suggestions");
      for (int j = 0; j < suggestions.size(); j++) {
        adoptInSuggestion(suggestions.path(j), then.path(i).path("suggestions").path(j));
      }
    }
  }

  private static void adoptInSuggestion(JsonNode now, JsonNode then) {
    adopt("uuid", now, then);
    JsonNode actions = now.path("actions");
    for (int k = 0; k < actions.size(); k++) {
      if (actions.path(k).path("type").asText().equals("create")) {
        adopt(
            "id", actions.path(k).path("resource"), then.path("actions").path(k).path("resource"));
      }
    }
  }

  private static void adopt(String field, JsonNode now, JsonNode then) {
    if (now instanceof ObjectNode object && isUuid(then.path(field).asText())) {
      object.put(field, then.path(field).asText());
    }
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Where they differ, as JSON Pointers. */
  static List<String> differences(JsonNode now, JsonNode then) {
    List<String> differences = new ArrayList<>();
    compare(now, then, "", differences);
    return differences;
  }

  private static void compare(JsonNode now, JsonNode then, String place, List<String> differences) {
    if (now.isObject() && then.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      now.fieldNames().forEachRemaining(names::add);
      then.fieldNames().forEachRemaining(names::add);
      names.forEach(
          name -> compare(now.path(name), then.path(name), place + "/" + name, differences));
    } else if (now.isArray() && then.isArray()) {
      for (int i = 0; i < Math.max(now.size(), then.size()); i++) {
        compare(now.path(i), then.path(i), place + "/" + i, differences);
      }
    } else if (!now.equals(then)) {
      differences.add(place);
    }
  }
}
