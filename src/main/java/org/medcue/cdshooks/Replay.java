package org.medcue.cdshooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.medcue.recommendation.LoggedRecommendation;
import org.medcue.recommendation.Recommendation;
import org.medcue.recommendation.RecommendationService;
import org.medcue.recommendation.StoredInput;

/**
 * Makes the cards of a logged recommendation once more, from the stored evidence and the versions
 * that the entry cites, and compares them with those that were served.
 */
@ApplicationScoped
class Replay {

  private final RecommendationService recommendations;
  private final CardRenderer renderer;
  private final ObjectMapper json;

  Replay(RecommendationService recommendations, CardRenderer renderer, ObjectMapper json) {
    this.recommendations = recommendations;
    this.renderer = renderer;
    this.json = json;
  }

  /**
   * What came of it.
   *
   * @param identical whether the cards are the same, but for identifiers that are made up anew
   * @param differences where they are not, as JSON Pointers
   * @param model that computed them, such as {@code mrkpa/2.1.0}
   * @param knowledge that they were computed with
   * @param cards as they are made now, with the identifiers of then
   */
  record Replayed(
      boolean identical,
      List<String> differences,
      String model,
      List<String> knowledge,
      JsonNode cards) {}

  Replayed of(LoggedRecommendation entry, StoredInput input) {
    Recommendation again =
        recommendations.again(
            input, entry.model().name(), entry.model().version(), entry.knowledge());
    JsonNode served = tree(Objects.requireNonNull(entry.clinical().cards()));
    JsonNode cards = tree(write(renderer.render(again, StoredOrders.read(input.orders()))));
    JsonNode same = withIdentifiersOf(cards, served);
    List<String> differences = new ArrayList<>();
    compare(same, served, "", differences);
    if (!again.knowledge().equals(entry.knowledge())) {
      differences.add("knowledge");
    }
    return new Replayed(
        differences.isEmpty(),
        differences,
        again.modelName() + "/" + again.modelVersion(),
        again.knowledge(),
        same);
  }

  /** Every card, suggestion and new order gets a UUID; where both have one, it is that of then. */
  private static JsonNode withIdentifiersOf(JsonNode now, JsonNode then) {
    if (now.isTextual() && then.isTextual()) {
      return isUuid(now.textValue()) && isUuid(then.textValue())
          ? TextNode.valueOf(then.textValue())
          : now;
    }
    if (now instanceof ObjectNode object && then.isObject()) {
      object
          .properties()
          .forEach(e -> e.setValue(withIdentifiersOf(e.getValue(), then.path(e.getKey()))));
    } else if (now instanceof ArrayNode array && then.isArray()) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, withIdentifiersOf(array.get(i), then.path(i)));
      }
    }
    return now;
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
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

  private String write(List<Card> cards) {
    try {
      return json.writeValueAsString(cards);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cards are always writable", e);
    }
  }

  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      // Its message quotes the cards
      throw new IllegalStateException("cards are kept as JSON");
    }
  }
}
