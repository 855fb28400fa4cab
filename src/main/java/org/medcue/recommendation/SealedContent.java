package org.medcue.recommendation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medcue.clinical.Drug;
import org.medcue.clinical.ScoredDrug;

/**
 * The clinical content of a log entry, all of which is sealed: what was asked, what was answered.
 *
 * <pre>
 * {"format": 1, "input": {…}, "orders": […], "settings": {"confidenceFloor": 0.1, "limit": 5},
 *  "probabilities": [{"drug": …, "probability": …}], "omissions": […], "cards": […]}
 * </pre>
 *
 * @param root as above
 */
record SealedContent(JsonNode root) {

  /** In the log's table of sealed values. */
  static final String KIND = "recommendation";

  private static final int FORMAT = 1;

  /**
   * @param cardsJson the cards as they went out
   * @param ordersJson the draft orders, written by whoever read them
   */
  static SealedContent of(
      Recommendation recommendation,
      SuggestionsConfig settings,
      String cardsJson,
      String ordersJson) {
    ObjectNode root = EvidenceJson.MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.set("input", EvidenceJson.write(recommendation.request()));
    root.putRawValue("orders", new RawValue(ordersJson));
    root.putObject("settings")
        .put("confidenceFloor", settings.confidenceFloor())
        .put("limit", settings.limit());
    root.putPOJO(
        "probabilities",
        recommendation.top().stream()
            .map(s -> Map.of("drug", s.drug().value(), "probability", s.probability()))
            .toList());
    root.putPOJO("omissions", recommendation.omissions());
    root.putRawValue("cards", new RawValue(cardsJson));
    return new SealedContent(root);
  }

  byte[] bytes() {
    try {
      return EvidenceJson.MAPPER.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are always writable", e);
    }
  }

  static SealedContent of(byte[] bytes) {
    try {
      return new SealedContent(EvidenceJson.MAPPER.readTree(bytes));
    } catch (IOException e) {
      // Its message quotes the content
      throw new IllegalStateException("what was sealed is JSON");
    }
  }

  /** A part as JSON text. */
  String part(String name) {
    return root.path(name).toString();
  }

  /** What was asked, as JSON text. */
  String asked() {
    ObjectNode asked = EvidenceJson.MAPPER.createObjectNode();
    asked.setAll((ObjectNode) root.path("input").deepCopy());
    asked.set("orders", root.path("orders"));
    return asked.toString();
  }

  StoredInput input(String serviceId, HookCall call) {
    JsonNode settings = root.path("settings");
    return new StoredInput(
        EvidenceJson.read(root.path("input"), serviceId, call),
        part("orders"),
        settings.path("confidenceFloor").asDouble(),
        settings.path("limit").asInt(),
        scores());
  }

  private List<ScoredDrug> scores() {
    List<ScoredDrug> scores = new ArrayList<>();
    for (JsonNode score : root.path("probabilities")) {
      scores.add(
          new ScoredDrug(
              Drug.of(score.path("drug").asText()), score.path("probability").asDouble()));
    }
    return scores;
  }
}
