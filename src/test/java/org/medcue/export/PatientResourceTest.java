package org.medcue.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;
import static org.medcue.export.Served.count;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.parse;
import static org.medcue.harness.HookRequests.patient;
import static org.medcue.harness.Tokens.bearer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class PatientResourceTest {

  private static final String REASON = "{\"reason\": \"consent-withdrawn\"}";

  private static String of(ObjectNode request) {
    return "/api/patients/local/" + patient(request);
  }

  private static List<ObjectNode> export(String address) {
    String body =
        bearer("olivia").get(address + "/export").then().statusCode(200).extract().asString();
    return body.lines().map(line -> parse(line)).toList();
  }

  private static Response erase(String address, String body) {
    return bearer("ada").contentType(ContentType.JSON).body(body).post(address + "/erasure");
  }

  @Test
  void exportHasEverythingThatIsKept() throws SQLException {
    ObjectNode request = minimal();
    Served first = Served.to(request).rejected("she does not want it");
    Served second = Served.to(request);
    Served.to(minimal());

    List<ObjectNode> lines = export(of(request));

    assertThat(lines)
        .extracting(line -> line.path("kind").asText())
        .containsExactly(
            "recommendation",
            "recommendation",
            "audit-event",
            "audit-event",
            "audit-event",
            "audit-event",
            "end");
    assertThat(lines.get(6)).isEqualTo(parse("{\"kind\": \"end\", \"entries\": 2, \"events\": 4}"));
    assertThat(lines.subList(0, 2))
        .extracting(line -> line.at("/recommendation/id").asText())
        .containsExactlyInAnyOrder(first.id().toString(), second.id().toString());
    assertThat(lines.toString())
        .contains("\"I10\"", "\"cards\"", "she does not want it", "MedicationRequest/draft-1");
    assertThat(events("patient-export", request)).isEqualTo(1);
  }

  @Test
  void exportTellsWhoLookedAndWhen() {
    ObjectNode request = minimal();
    Served served = Served.to(request);
    bearer("olivia").get("/api/recommendations/" + served.id()).then().statusCode(200);

    List<JsonNode> events =
        export(of(request)).stream()
            .filter(line -> line.path("kind").asText().equals("audit-event"))
            .map(line -> line.path("event"))
            .toList();

    assertThat(events)
        .extracting(event -> event.path("action").asText(), event -> event.path("actor").asText())
        .containsExactly(
            tuple("recommendation", "Practitioner/example"),
            tuple("view", "olivia"),
            tuple("patient-export", "olivia"));
    assertThat(events.get(1).path("entity").asText()).isEqualTo("recommendation/" + served.id());
    assertThat(Instant.parse(events.get(1).path("recordedAt").asText()))
        .isBeforeOrEqualTo(Instant.now());
    assertThat(events.get(1).at("/details/entries").asText()).isEqualTo("1");
  }

  @Test
  void ofAPatientNobodyAskedAboutThereIsNothingNorDoesTheExportMakeOne() {
    for (int i = 0; i < 2; i++) {
      assertThat(export("/api/patients/local/nobody"))
          .containsExactly(parse("{\"kind\": \"end\", \"entries\": 0, \"events\": 0}"));
    }
  }

  @Test
  void theSameIdAtAnotherTenantIsAnotherPatient() {
    ObjectNode request = minimal();
    Served.to(request);

    assertThat(export("/api/patients/other/" + patient(request)))
        .extracting(line -> line.path("kind").asText())
        .containsExactly("end");
  }

  @Test
  void erasureLeavesNothingButTheTrail() throws SQLException {
    ObjectNode request = minimal();
    Served served = Served.to(request).rejected("seen");
    Served other = Served.to(minimal());
    String erasures = "audit_event where action = 'patient-erasure'";
    long rows = count("audit_event where action <> 'refusal'");
    long before = count(erasures);
    long contents = count("sealed_value");

    erase(of(request), REASON)
        .then()
        .statusCode(200)
        .body("recommendations", is(1))
        .body("feedback", is(1));

    assertThat(served.entries() + served.cards() + served.feedback()).isZero();
    assertThat(count("sealed_value")).isEqualTo(contents - 2);
    assertThat(count("audit_subject where patient_id = '" + patient(request) + "'")).isZero();
    assertThat(count("audit_event where action <> 'refusal'")).isEqualTo(rows + 1);
    assertThat(count(erasures)).isEqualTo(before + 1);
    assertThat(count("audit_event t where t::text like '%" + patient(request) + "%'")).isZero();
    assertThat(other.entries()).isEqualTo(1);
    assertThat(other.contents()).isEqualTo(1);
  }

  @Test
  void erasureMayBeRepeated() {
    ObjectNode request = minimal();
    Served.to(request);

    erase(of(request), REASON).then().statusCode(200);
    erase(of(request), REASON).then().statusCode(200).body("recommendations", is(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"reason\": \"Mrs Miller asked\"}", "[]", ""})
  void erasureNeedsAReasonThatIsACode(String body) throws SQLException {
    ObjectNode request = minimal();
    Served served = Served.to(request);

    Response refused = erase(of(request), body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.asString()).doesNotContain("Miller");
    assertThat(served.entries()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOCAL/p", "local/p%20q", "local/%00", "l%2Fo/p"})
  void whatCannotBeAPatientIsRefused(String patient) {
    bearer("olivia")
        .urlEncodingEnabled(false)
        .get("/api/patients/" + patient + "/export")
        .then()
        .statusCode(oneOf(400, 404));
  }

  private static long events(String action, ObjectNode request) throws SQLException {
    return count(
        "audit_event e join audit_subject s on s.id = e.subject where e.action = '%s'"
                .formatted(action)
            + " and s.patient_id = '%s' and e.actor = 'olivia'".formatted(patient(request)));
  }
}
