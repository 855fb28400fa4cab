package org.medcue.export;

import static io.restassured.RestAssured.given;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.medcue.harness.PostgresResource;

/**
 * A recommendation that was served, and what the database holds of it.
 *
 * @param id of the recommendation
 * @param card its first card
 */
record Served(UUID id, UUID card) {

  static Served to(ObjectNode request) {
    JsonPath answer =
        given()
            .contentType(ContentType.JSON)
            .body(request.toString())
            .post(SERVICE)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    return new Served(
        answer.getUUID("cards[0].extension['org.medcue.recommendation']"),
        answer.getUUID("cards[0].uuid"));
  }

  /** A doctor rejects the card, with a comment. */
  Served rejected(String comment) {
    reject(card, comment);
    return this;
  }

  static void reject(UUID card, String comment) {
    given()
        .contentType(ContentType.JSON)
        .body(
            """
            {"feedback": [{"card": "%s", "outcome": "overridden",
             "outcomeTimestamp": "2026-01-01T00:00:00Z",
             "overrideReason": {"userComment": "%s"}}]}
            """
                .formatted(card, comment))
        .post(FEEDBACK)
        .then()
        .statusCode(200);
  }

  long entries() throws SQLException {
    return count("recommendation where id = '" + id + "'");
  }

  long contents() throws SQLException {
    return count("sealed_value where id = '" + id + "'");
  }

  long cards() throws SQLException {
    return count("served_card where recommendation_id = '" + id + "'");
  }

  long feedback() throws SQLException {
    return feedback(card);
  }

  static long feedback(UUID card) throws SQLException {
    return count("feedback_event where card_id = '" + card + "'");
  }

  static long count(String from) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement();
        ResultSet rows = sql.executeQuery("select count(*) from " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
