package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.medcue.harness.HookRequests.DIALOGUE;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.dialogue;
import static org.medcue.harness.HookRequests.minimal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Drug;
import org.medcue.harness.AuditHeadResource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.StubModels;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuditHeadResource.class)
@QuarkusTestResource(KeycloakResource.class)
class ReplayTest {

  private static JsonPath served(String service, ObjectNode request) {
    return given()
        .contentType(ContentType.JSON)
        .body(request.toString())
        .post(service)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static String logged(JsonPath cards) {
    return cards.getString("cards[0].extension['org.medcue.recommendation']");
  }

  private static Response replay(String id) {
    return Tokens.bearer("olivia").get("/api/recommendations/" + id + "/replay");
  }

  private static void update(String statement) throws SQLException {
    try (Connection connection = PostgresResource.asOwner();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  @Test
  void cardFromVisitsIsMadeAgainToTheLetter() {
    JsonPath served = served(SERVICE, minimal());

    JsonPath replayed = replay(logged(served)).then().statusCode(200).extract().jsonPath();

    assertThat(replayed.getString("outcome")).isEqualTo("identical");
    assertThat(replayed.getBoolean("identical")).isTrue();
    assertThat(replayed.getList("differences")).isEmpty();
    assertThat(replayed.getString("model")).isEqualTo("mrkpa/1.0.0");
    assertThat(replayed.getList("cards")).isEqualTo(served.getList("cards"));
  }

  @Test
  void cardFromADialogueIsMadeAgainToTheLetter() {
    JsonPath served = served(DIALOGUE, dialogue("P:胃胀反酸", "D:吃奥美拉唑"));

    replay(logged(served)).then().statusCode(200).body("identical", equalTo(true));
  }

  /** As a pass for several patients gives it. */
  private static String servedBy(double more, Map<? extends Drug, String> dosages) {
    StubModels.answerBy(Optional.of(StubModels.scoringHigher(more, dosages)));
    try {
      return logged(served(SERVICE, minimal()));
    } finally {
      StubModels.answerBy(Optional.empty());
    }
  }

  @Test
  void roundingOfScoresIsToldApart() {
    replay(servedBy(5e-5, StubModels.dosages()))
        .then()
        .statusCode(200)
        .body("outcome", equalTo("rounding"))
        .body("identical", equalTo(false))
        .body("differences[0]", equalTo("/0/suggestions/0/extension/org.medcue.probability"));
  }

  @Test
  void otherScoresAreADifference() {
    replay(servedBy(2e-4, StubModels.dosages()))
        .then()
        .statusCode(200)
        .body("outcome", equalTo("different"))
        .body("identical", equalTo(false));
  }

  @Test
  void roundingExcusesNothingElse() {
    replay(servedBy(5e-5, Map.of())).then().statusCode(200).body("outcome", equalTo("different"));
    replay(servedBy(0, Map.of())).then().statusCode(200).body("outcome", equalTo("different"));
  }

  @Test
  void whatCannotBeMadeAgainIsSaid() throws SQLException {
    String id = logged(served(SERVICE, minimal()));
    update("update recommendation set model_version = '0.9.0' where id = '" + id + "'");

    replay(id)
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:medcue:problem:version-not-available"));
    update("delete from sealed_value where id = '" + id + "'");
    replay(id)
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:medcue:problem:content-not-available"));
    replay("00000000-0000-0000-0000-000000000000").then().statusCode(404);
  }

  @Test
  void otherKnowledgeThanTheEntryCitesIsADifference() throws SQLException {
    String id = logged(served(SERVICE, minimal()));
    update("update recommendation set knowledge = 'drugs/0.9.0' where id = '" + id + "'");

    replay(id)
        .then()
        .statusCode(200)
        .body("identical", equalTo(false))
        .body("differences[0]", equalTo("knowledge"));
  }
}
