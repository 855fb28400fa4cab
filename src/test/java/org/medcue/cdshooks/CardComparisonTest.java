package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CardComparisonTest {

  private static final UUID LOGGED = UUID.fromString("00000000-0000-4000-8000-000000000000");

  /** All identifiers are new at each call, but for that of an order that the client made. */
  private static JsonNode cards(String action, String order) throws JsonProcessingException {
    return new ObjectMapper()
        .readTree(
            """
            [{"uuid": "%s", "summary": "Lisinopril",
              "suggestions": [{"uuid": "%s",
                "actions": [{"type": "%s", "resource": {"id": "%s", "status": "draft"}}]}],
              "extension": {"org.medcue.recommendation": "%s"}}]
            """
                .formatted(id(), id(), action, order, LOGGED));
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private static List<String> differences(JsonNode now, JsonNode then) {
    ((ObjectNode) now.at("/0/extension")).put("org.medcue.recommendation", id());
    CardComparison.adoptIdentifiers(now, then, LOGGED);
    return CardComparison.differences(now, then);
  }

  @Test
  void identifiersMadeUpAnewAreNoDifference() throws JsonProcessingException {
    JsonNode then = cards("create", id());
    JsonNode now = cards("create", id());

    assertThat(differences(now, then)).isEmpty();
    assertThat(now).isEqualTo(then);
  }

  @Test
  void identifierOfAnOrderThatTheClientMadeIsOne() throws JsonProcessingException {
    assertThat(differences(cards("update", id()), cards("update", id())))
        .containsExactly("/0/suggestions/0/actions/0/resource/id");
  }

  @Test
  void identifierElsewhereIsOne() throws JsonProcessingException {
    JsonNode then = cards("create", id());
    JsonNode now = cards("create", id());
    ((ObjectNode) then.at("/0")).put("summary", id());
    ((ObjectNode) now.at("/0")).put("summary", id());

    assertThat(differences(now, then)).containsExactly("/0/summary");
  }

  @Test
  void cardOfAnotherRecommendationIsADifference() throws JsonProcessingException {
    JsonNode then = cards("create", id());
    ((ObjectNode) then.at("/0/extension")).put("org.medcue.recommendation", id());

    assertThat(differences(cards("create", id()), then))
        .containsExactly("/0/extension/org.medcue.recommendation");
  }

  @Test
  void whatIsNoIdentifierThereIsADifference() throws JsonProcessingException {
    JsonNode then = cards("create", "draft-1");
    ((ObjectNode) then.at("/0")).remove("uuid");

    assertThat(differences(cards("create", id()), then))
        .containsExactly("/0/suggestions/0/actions/0/resource/id", "/0/uuid");
  }

  @Test
  void cardMoreIsADifference() throws JsonProcessingException {
    assertThat(differences(cards("create", id()), new ObjectMapper().readTree("[]")))
        .containsExactly("/0");
  }
}
