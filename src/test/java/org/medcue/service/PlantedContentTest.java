package org.medcue.service;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.DIALOGUE;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.dialogue;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.patient;
import static org.medcue.harness.Planted.ALLERGY;
import static org.medcue.harness.Planted.COMMENT;
import static org.medcue.harness.Planted.ICD_CODE;
import static org.medcue.harness.Planted.MESSAGE;
import static org.medcue.harness.Planted.NAME;
import static org.medcue.harness.Planted.NOTE;
import static org.medcue.harness.Planted.TOKEN;
import static org.medcue.harness.Planted.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.OutputRecorder;
import org.medcue.harness.Planted;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.RawHttp;
import org.medcue.harness.Tokens;

/** Whatever goes right or wrong with a patient's data, neither log nor error tells of them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class PlantedContentTest {

  @TestHTTPResource("/")
  URI service;

  private static Response post(String path, String body) {
    return given()
        .contentType(ContentType.JSON)
        .header("Authorization", "Bearer " + TOKEN)
        .body(body)
        .post(path);
  }

  private static ObjectNode chart() {
    return evidence(minimal());
  }

  private static ObjectNode talk() {
    return evidence(dialogue("D:哪里不舒服", "P:" + MESSAGE));
  }

  private static String feedback(String card) {
    return """
        {"feedback": [{"card": "%s", "outcome": "overridden",
         "outcomeTimestamp": "2026-01-01T00:00:00Z",
         "overrideReason": {"reason": {"code": "own", "display": "%s"}, "userComment": "%s"}}]}
        """
        .formatted(card, NAME, COMMENT);
  }

  private static void sql(String statement) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement()) {
      sql.execute(statement);
    }
  }

  /** What is answered to a fault tells nothing of the request. */
  private static void assertTellsNothing(Response fault) {
    assertThat(fault.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(fault.asString()).doesNotContain(Planted.ALL);
    assertThat(fault.headers().toString()).doesNotContain(Planted.ALL);
  }

  @AfterEach
  void nothingStandsInTheLog() throws IOException {
    assertThat(Files.readString(OutputRecorder.FILE)).isNotEmpty().doesNotContain(Planted.ALL);
  }

  @Test
  void thePlantedThingsAreEvidence() {
    String card = post(SERVICE, chart().toString()).then().extract().asString();
    String read = post(DIALOGUE, talk().toString()).then().extract().asString();

    assertThat(card).contains(ALLERGY, NOTE);
    assertThat(read).contains(MESSAGE);
    assertThat(post(FEEDBACK, feedback(UUID.randomUUID().toString())).statusCode()).isEqualTo(200);
  }

  @Test
  void refusalsTellNothing() {
    for (JsonNode wrong : wrongRequests()) {
      assertTellsNothing(post(SERVICE, wrong.toString()));
    }
    String whole = chart().toString();
    assertTellsNothing(post(SERVICE, whole.substring(0, whole.length() - 9)));
    assertTellsNothing(post(SERVICE, whole.replace(":", "::")));
    assertTellsNothing(post("/cds-services/" + NAME, whole));
    assertTellsNothing(post(FEEDBACK, feedback(NAME + " " + NAME)));
    assertTellsNothing(given().body(whole).contentType("text/" + NAME).post(SERVICE));
    assertTellsNothing(Tokens.bearer("olivia").get("/api/recommendations/" + NAME));
    assertTellsNothing(Tokens.bearer("olivia").get("/api/recommendations?page=" + NAME));
    assertTellsNothing(given().get("/api/patients/local/" + Planted.PATIENT + "1/export"));
    assertTellsNothing(given().header("Accept", "text/" + NAME).get("/cds-services"));
  }

  private static List<JsonNode> wrongRequests() {
    List<JsonNode> wrong = new ArrayList<>();
    for (String field : List.of("hook", "hookInstance", "context", "prefetch")) {
      wrong.add(chart().put(field, NAME));
    }
    for (String field : List.of("userId", "patientId", "encounterId", "draftOrders")) {
      ObjectNode request = chart();
      ((ObjectNode) request.path("context")).put(field, NAME + " ");
      wrong.add(request);
    }
    ObjectNode another = chart();
    ((ObjectNode) another.at("/prefetch/patient")).put("id", Planted.PATIENT + "other");
    wrong.add(another);
    ObjectNode illTyped = chart();
    ((ObjectNode) illTyped.at("/prefetch/conditions/entry/0/resource"))
        .put("onsetDateTime", NAME)
        .put("subject", ICD_CODE)
        .put("clinicalStatus", MESSAGE);
    ((ObjectNode) illTyped.at("/prefetch/patient")).put("resourceType", NAME);
    wrong.add(illTyped);
    return wrong;
  }

  @Test
  void aDatabaseThatFailsTellsNothing() throws SQLException {
    for (String table : List.of("recommendation", "sealed_value", "feedback_event")) {
      sql(
          "alter table %1$s add constraint none check (length(%1$s::text) < 0) not valid"
              .formatted(table));
    }
    try {
      assertTellsNothing(post(SERVICE, chart().toString()));
      assertTellsNothing(post(DIALOGUE, talk().toString()));
      assertTellsNothing(post(FEEDBACK, feedback(UUID.randomUUID().toString())));
    } finally {
      for (String table : List.of("recommendation", "sealed_value", "feedback_event")) {
        sql("alter table %s drop constraint if exists none".formatted(table));
      }
    }
    sql("alter table audit_subject rename to audit_subject_away");
    try {
      assertTellsNothing(post(SERVICE, chart().toString()));
    } finally {
      sql("alter table audit_subject_away rename to audit_subject");
    }
  }

  @Test
  void anExportThatFailsMidwayTellsNothing() throws SQLException, IOException {
    ObjectNode request = chart();
    post(SERVICE, request.toString()).then().statusCode(200);
    String export = "/api/patients/local/" + patient(request) + "/export";

    sql("alter table served_card rename to served_card_away");
    try {
      Tokens.bearer("olivia").get(export);
    } catch (Exception brokenOff) {
      // as it should be: half an export must not look like a whole one
    } finally {
      sql("alter table served_card_away rename to served_card");
    }
    hangUp(export);
    assertThat(Tokens.bearer("olivia").get(export).asString()).contains(ICD_CODE, ALLERGY, NOTE);
  }

  /** Goes away without reading the answer. */
  private void hangUp(String path) throws IOException {
    try (Socket socket = new Socket(service.getHost(), service.getPort())) {
      socket.setSoLinger(true, 0);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + Tokens.of("olivia")
                  + "\r\n\r\n")
              .getBytes(UTF_8));
      out.flush();
    }
  }

  /** Wherever a caller writes it: the libraries below log more than we do. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /{}?{}={} HTTP/1.1",
        "GET /{}/%0d%0a{} HTTP/1.1",
        "GET /api/{}?{} HTTP/1.1",
        "GET /api/recommendations?page={}&%zz{} HTTP/1.1",
        "GET /api/recommendations?page=%ff%{} HTTP/1.1",
        "GET /console/{}?{} HTTP/1.1",
        "GET /console/signed-in?code={}&state={}&error={} HTTP/1.1",
        "GET /console/sign-out?{} HTTP/1.1",
        "GET /q/{}?{} HTTP/1.1",
        "GET /_static/{}?{} HTTP/1.1",
        "GET /health/{}?{} HTTP/1.1",
        "GET /openapi?format={} HTTP/1.1",
        "GET /cds-services/{}?{} HTTP/1.1",
        "{} /api/recommendations HTTP/1.1",
        "POST /cds-services/{} HTTP/1.1",
        "GET / {}/1.1"
      })
  void requestThatHoldsThemEverywhereTellsNothing(String line) throws IOException {
    Tokens.people(); // which waits for Keycloak
    for (String scheme : List.of("Bearer ", "Basic ", "DPoP ", "Bearer e30.e30.", "Bearer a.b.")) {
      String answer =
          RawHttp.ask(
              line.replace("{}", NAME),
              "Host: localhost",
              "Authorization: " + scheme + NAME,
              "DPoP: " + NAME,
              "Cookie: q_session_pages=" + NAME + "; q_auth_pages_" + NAME + "=a; " + NAME + "=b",
              "Accept: " + NAME + "/" + NAME + ";q=" + NAME,
              "Accept-Language: " + NAME,
              "Content-Type: " + NAME + "; charset=" + NAME,
              "Origin: https://" + NAME,
              "Referer: https://localhost/" + NAME,
              "User-Agent: " + NAME,
              "If-Match: " + NAME,
              "Expect: " + NAME,
              "Forwarded: for=" + NAME + ";port=" + NAME,
              "X-Forwarded-For: " + NAME,
              "X-Forwarded-Port: " + NAME,
              "traceparent: " + NAME,
              NAME + ": " + NAME);

      assertThat(answer).as(line).matches("(?s)\\S+ [2345]\\d\\d .*").doesNotContain("Exception");
    }
  }

  @Test
  void metricsAndHealthTellNothing() {
    post(SERVICE, chart().toString());

    for (String path : List.of("/health", "/metrics", "/openapi")) {
      assertThat(given().get(path).asString()).doesNotContain(Planted.ALL);
    }
  }
}
