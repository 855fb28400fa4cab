package org.medcue.recommendation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.context;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.parse;
import static org.medcue.harness.HookRequests.patient;
import static org.medcue.harness.HookRequests.prefetch;
import static org.medcue.harness.HookRequests.searchset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.LogRecorder;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class RecommendationLogTest {

  private static final String NAME = "Quetzalcoatl";

  @Inject AgroalDataSource database;

  private static Response post(ObjectNode request) {
    return given().contentType(ContentType.JSON).body(request.toString()).post(SERVICE);
  }

  private static JsonPath log(String query) {
    return Tokens.bearer("olivia")
        .get("/api/recommendations" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static void sql(String statement) throws SQLException {
    execute(PostgresResource.asOwner(), statement);
  }

  private static void execute(Connection opened, String statement) throws SQLException {
    try (Connection connection = opened;
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  @Test
  void servedCardIsFoundInTheLog() {
    ObjectNode request = minimal();
    ObjectNode order = (ObjectNode) request.at("/context/draftOrders/entry/0/resource");
    order.putArray("note").addObject().put("text", "said in confidence");
    JsonPath answer = post(request).jsonPath();

    JsonPath newest = log("?size=1");

    assertThat(newest.getString("items[0].hookInstance"))
        .isEqualTo(request.path("hookInstance").asText());
    assertThat(newest.getString("items[0].patientId")).isEqualTo(patient(request));
    assertThat(newest.getString("items[0].content")).isEqualTo("available");
    assertThat(newest.getList("items[0].cards")).isEqualTo(answer.getList("cards"));
    assertThat(answer.getList("cards").toString()).contains("said in confidence");
    assertThat(newest.getString("items[0].model.name")).isEqualTo("mrkpa");
    assertThat(newest.getString("items[0].model.version")).isEqualTo("1.0.0");
    assertThat(newest.getList("items[0].knowledge")).contains("drugs/1.0.0");
    assertThat(newest.getString("items[0].evidenceDigest")).matches("[0-9a-f]{64}");
    assertThat(newest.getString("items[0].probabilities[0].drug")).isEqualTo("314076");
    assertThat(newest.getDouble("items[0].probabilities[0].probability")).isEqualTo(0.9);
    assertThat(newest.getLong("items[0].latencyMillis")).isNotNegative();

    String id = newest.getString("items[0].id");
    JsonPath whole = log("/" + id);
    assertThat(whole.getString("evidenceDigest"))
        .isEqualTo(newest.getString("items[0].evidenceDigest"));
    assertThat(whole.getList("cards")).isEqualTo(answer.getList("cards"));
    assertThat(whole.getMap("input.visits.visits.present.diagnoses")).containsOnlyKeys("I10");
    assertThat(whole.getString("input.orders[0].resource.note[0].text"))
        .isEqualTo("said in confidence");
  }

  @Test
  void pagesAreNewestFirstAndBounded() {
    post(minimal());
    post(minimal());

    JsonPath first = log("?page=0&size=1");
    JsonPath second = log("?page=1&size=1");

    assertThat(first.getList("items")).hasSize(1);
    assertThat(first.getLong("total")).isGreaterThanOrEqualTo(2);
    assertThat(first.getString("items[0].servedAt"))
        .isGreaterThanOrEqualTo(second.getString("items[0].servedAt"));
    assertThat(first.getString("items[0].id")).isNotEqualTo(second.getString("items[0].id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?size=0",
        "?size=101",
        "?size=x",
        "?page=-1",
        "?page=9999999999",
        "/no",
        "?patient=p-1",
        "?clinician=Practitioner/1",
        "?outcome=maybe",
        "?from=yesterday",
        "?from=%2B999999999-01-01T00:00:00Z",
        "?to=-4713-01-01T00:00:00Z",
        "?model=a%00",
        "?tenant=local&clinician=a%00",
      })
  void badQueriesAreProblems(String query) {
    Tokens.bearer("olivia")
        .urlEncodingEnabled(false)
        .get("/api/recommendations" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void unknownEntriesAndAddressesAreProblems() {
    String nobody = "/api/recommendations/00000000-0000-0000-0000-000000000000";
    Tokens.bearer("olivia")
        .get(nobody)
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    given().get("/api/nothing").then().statusCode(404).contentType("application/problem+json");
  }

  @Test
  void withoutALogEntryThereIsNoCard() throws SQLException {
    sql("alter table recommendation rename to recommendation_away");
    try {
      Response response = post(minimal());

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.header("Retry-After")).isEqualTo("5");
      assertThat(response.jsonPath().getString("resourceType")).isEqualTo("OperationOutcome");
      assertThat(response.asString()).doesNotContain("cards", "Exception", "recommendation_away");
    } finally {
      sql("alter table recommendation_away rename to recommendation");
    }
  }

  @Test
  void nothingOfThePatientReachesTheLogOutput() throws SQLException {
    LogRecorder log = LogRecorder.open();
    try {
      ObjectNode request = minimal();
      prefetch(request).set("conditions", searchset(condition(request)));
      post(request).then().statusCode(200);
      ((ObjectNode) prefetch(request).path("patient")).putArray("name").add(NAME);
      post(request);
      post(request.put("hookInstance", NAME));
      ObjectNode other = minimal();
      ObjectNode named = parse(other.toString().replace(patient(other), NAME));
      sql("alter table recommendation add constraint none check (latency_ms < 0) not valid");
      post(named).then().statusCode(503);
    } finally {
      sql("alter table recommendation drop constraint if exists none");
      log.close();
    }

    assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(NAME));
  }

  @Test
  void databaseDoesNotQuoteTheRowThatFailed() {
    String insert =
        "create temp table person (name text, age int check (age < 0));"
            + " insert into person values ('%s', 1)";

    assertThatThrownBy(() -> execute(database.getConnection(), insert.formatted(NAME)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("person_age_check")
        .hasMessageNotContaining(NAME);
  }

  private static ObjectNode condition(ObjectNode request) {
    ObjectNode condition = request.objectNode();
    condition.put("resourceType", "Condition").put("id", "c-1");
    condition.putObject("subject").put("reference", "Patient/" + patient(request));
    condition.putObject("code").put("text", NAME);
    return condition;
  }

  @Test
  void logIsSearchedByPatientClinicianModelAndOutcome() {
    ObjectNode request = minimal();
    context(request).put("userId", "Practitioner/searched");
    String card = post(request).jsonPath().getString("cards[0].uuid");
    String ofPatient = "?tenant=local&patient=" + patient(request);

    assertThat(log(ofPatient).getList("items.id")).hasSize(1);
    assertThat(log("?tenant=another&patient=" + patient(request)).getList("items")).isEmpty();
    assertThat(log("?tenant=local&clinician=Practitioner/searched").getInt("total")).isEqualTo(1);
    assertThat(log(ofPatient + "&model=mrkpa/1.0.0").getInt("total")).isEqualTo(1);
    assertThat(log(ofPatient + "&model=mrkpa/9.9.9").getInt("total")).isZero();
    assertThat(log(ofPatient + "&from=2999-01-01T00:00:00Z").getInt("total")).isZero();
    assertThat(log(ofPatient + "&to=2999-01-01T00:00:00Z").getInt("total")).isEqualTo(1);
    assertThat(log(ofPatient + "&outcome=none").getInt("total")).isEqualTo(1);

    feedback(card, "overridden", "2026-01-01T00:00:01Z");
    feedback(card, "accepted", "2026-01-01T00:00:00Z");

    assertThat(log(ofPatient + "&outcome=overridden").getString("items[0].outcomes[0].outcome"))
        .as("the last by the EHR's clock counts")
        .isEqualTo("overridden");
    assertThat(log(ofPatient + "&outcome=accepted").getInt("total")).isZero();
    assertThat(log(ofPatient + "&outcome=none").getInt("total")).isZero();
  }

  private static void feedback(String card, String outcome, String at) {
    given()
        .contentType(ContentType.JSON)
        .body(
            """
            {"feedback": [{"card": "%s", "outcome": "%s", "outcomeTimestamp": "%s",
                           "acceptedSuggestions": [{"id": "00000000-0000-0000-0000-000000000001"}]}]}
            """
                .formatted(card, outcome, at))
        .post(FEEDBACK)
        .then()
        .statusCode(200);
  }

  @Test
  void whoLooksAtAPatientIsInTheTrail() {
    ObjectNode request = minimal();
    post(request).then().statusCode(200);
    String ofPatient = "?tenant=local&patient=" + patient(request);
    String id = log(ofPatient).getString("items[0].id");
    log("/" + id);

    JsonPath trail =
        Tokens.bearer("olivia").get("/api/audit/events" + ofPatient + "&action=view").jsonPath();

    assertThat(trail.getList("items.actor")).containsExactly("olivia", "olivia");
    assertThat(trail.getList("items.entity")).containsOnly("recommendation/" + id);
  }
}
