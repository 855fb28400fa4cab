package org.medcue.cdshooks;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

  /** How the cards of now stand to those that were served. */
  enum Outcome {
    /** The same, but for identifiers that are made up anew. */
    IDENTICAL,
    /**
     * Not the same, since the scores differ by rounding, by 0.0001 at the most: with the scores of
     * then the cards are the same.
     */
    ROUNDING,
    DIFFERENT;

    /** As the API names it. */
    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What came of it.
   *
   * @param outcome how the cards of now stand to those that were served
   * @param identical whether they are the same, but for identifiers that are made up anew
   * @param differences where they are not, as JSON Pointers
   * @param model that computed them, such as {@code mrkpa/2.1.0}
   * @param knowledge that they were computed with
   * @param cards as they are made now, with the identifiers of then
   */
  record Replayed(
      Outcome outcome,
      boolean identical,
      List<String> differences,
      String model,
      List<String> knowledge,
      JsonNode cards) {}

  Replayed of(LoggedRecommendation entry, StoredInput input) {
    RecommendationService.Again again =
        recommendations.again(
            input, entry.model().name(), entry.model().version(), entry.knowledge());
    Recommendation now = again.recommendation();
    JsonNode cards = cards(now, entry, input);
    List<String> differences = differences(now, cards, entry);
    Outcome otherwise =
        again
            .byScoresOfThen()
            .filter(then -> differences(then, cards(then, entry, input), entry).isEmpty())
            .map(then -> Outcome.ROUNDING)
            .orElse(Outcome.DIFFERENT);
    return new Replayed(
        differences.isEmpty() ? Outcome.IDENTICAL : otherwise,
        differences.isEmpty(),
        differences,
        now.modelName() + "/" + now.modelVersion(),
        now.knowledge(),
        cards);
  }

  private JsonNode cards(Recommendation again, LoggedRecommendation entry, StoredInput input) {
    JsonNode cards = tree(write(renderer.render(again, StoredOrders.read(input.orders()))));
    CardComparison.adoptIdentifiers(cards, served(entry), entry.id());
    return cards;
  }

  private List<String> differences(
      Recommendation again, JsonNode cards, LoggedRecommendation entry) {
    List<String> differences = CardComparison.differences(cards, served(entry));
    if (!again.knowledge().equals(entry.knowledge())) {
      differences.add("knowledge");
    }
    return differences;
  }

  private JsonNode served(LoggedRecommendation entry) {
    return tree(Objects.requireNonNull(entry.clinical().cards()));
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
