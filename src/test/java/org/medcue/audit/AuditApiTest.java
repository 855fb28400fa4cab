package org.medcue.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.patient;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.AuditHeadResource;
import org.medcue.harness.Browser;
import org.medcue.harness.FhirValidation;
import org.medcue.harness.HookRequests;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuditHeadResource.class)
@QuarkusTestResource(KeycloakResource.class)
class AuditApiTest {

  private static final String EVENTS = "/api/audit/events";

  @Inject AuditTrail trail;
  @Inject AuditSubjects subjects;
  @Inject RefusalTrail refusals;

  private static JsonPath events(String query) {
    return Tokens.bearer("olivia").get(EVENTS + query).then().statusCode(200).extract().jsonPath();
  }

  private static JsonPath served(ObjectNode request) {
    return given()
        .contentType(ContentType.JSON)
        .body(request.toString())
        .post(SERVICE)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** Refusals and sign-ins come into the trail a moment later. */
  private static Map<String, Object> await(String query, Predicate<Map<String, Object>> wanted)
      throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      List<Map<String, Object>> items = events(query).getList("items");
      for (Map<String, Object> item : items) {
        if (wanted.test(item)) {
          return item;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("not in the trail: " + query);
  }

  @Test
  void whatHappenedToAPatientIsFoundByThePatient() {
    ObjectNode request = minimal();
    String card = served(request).getString("cards[0].uuid");
    given()
        .contentType(ContentType.JSON)
        .body(
            "{\"feedback\":[{\"card\":\""
                + card
                + "\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"2026-01-01T00:00:00Z\"}]}")
        .post(FEEDBACK)
        .then()
        .statusCode(200);

    JsonPath found = events("?tenant=local&patient=" + patient(request));

    assertThat(found.getList("items.action")).containsExactly("recommendation", "feedback");
    assertThat(found.getString("items[0].actor")).isEqualTo("Practitioner/example");
    assertThat(found.getString("items[0].patient.patientId")).isEqualTo(patient(request));
    assertThat(found.getString("items[0].details.model")).isEqualTo("mrkpa/1.0.0");
    assertThat(found.getString("items[0].details.hook-instance"))
        .isEqualTo(request.path("hookInstance").asText());
    assertThat(found.getString("items[1].entity")).isEqualTo("card/" + card);
    assertThat(found.getString("items[1].details.outcome")).isEqualTo("overridden");
    assertThat(events("?tenant=local&patient=" + patient(request)).getList("items.action"))
        .as("who looked is in it, too")
        .containsExactly("recommendation", "feedback", "view");
    assertThat(events("?tenant=north&patient=" + patient(request)).getList("items")).isEmpty();
  }

  @Test
  void callThatLacksThePatientIsGuidanceThatRequiresData() {
    Instant begin = Instant.now();
    ObjectNode request = minimal();
    HookRequests.prefetch(request).remove("patient");
    given()
        .contentType(ContentType.JSON)
        .body(request.toString())
        .post(SERVICE)
        .then()
        .statusCode(412);

    assertThat(export("GuidanceResponse", begin).lines())
        .filteredOn(line -> line.contains(patient(request)))
        .singleElement()
        .asString()
        .contains("\"status\":\"data-required\"", "\"dataRequirement\":[{\"type\":\"Patient\"}]");
  }

  @Test
  void trailIsReadPageByPage() {
    trail.append(
        AuditEvent.of(AuditAction.PURGE, Actor.system("pages")),
        AuditEvent.of(AuditAction.PURGE, Actor.system("pages")),
        AuditEvent.of(AuditAction.PURGE, Actor.system("pages")));

    JsonPath first = events("?actor=pages&action=purge&size=2");
    JsonPath second = events("?actor=pages&action=purge&size=2&after=" + first.getLong("next"));

    assertThat(first.getList("items")).hasSize(2);
    assertThat(second.getList("items")).hasSize(1);
    assertThat(second.getMap("")).doesNotContainKey("next");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?from=yesterday",
        "?to=2026-11-23",
        "?action=anything",
        "?patient=p-1",
        "?tenant=local&patient=a%20b",
        "?after=-1",
        "?size=1001",
        "?actor=a%00",
        "?tenant=a%00",
      })
  void whatCannotBeAskedIsRefusedInWords(String query) {
    Tokens.bearer("olivia")
        .urlEncodingEnabled(false)
        .get(EVENTS + query)
        .then()
        .statusCode(400)
        .contentType(containsString("application/problem+json"));
  }

  @Test
  void exportIsFhirALineAtATimeAndIsItselfRecorded() throws Exception {
    Instant begin = Instant.now();
    ObjectNode request = minimal();
    served(request);

    String events = export("AuditEvent", begin);
    String guidance = export("GuidanceResponse", begin);

    assertThat(events.lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(FhirValidation.errors(line)).isEmpty());
    assertThat(events).contains("Patient/" + patient(request));
    assertThat(guidance.lines().filter(line -> line.contains(patient(request)))).hasSize(1);
    assertThat(guidance.lines().map(HookRequests::parse))
        .allMatch(line -> line.path("resourceType").asText().equals("GuidanceResponse"));
    assertThat(events("?actor=olivia&action=export&from=" + begin).getList("items.entity"))
        .containsExactly("audit-trail/AuditEvent", "audit-trail/GuidanceResponse");
  }

  private static String export(String resource, Instant from) {
    return Tokens.bearer("olivia")
        .get("/api/audit/export?resource=" + resource + "&from=" + from)
        .then()
        .statusCode(200)
        .contentType(containsString("application/fhir+ndjson"))
        .extract()
        .asString();
  }

  @Test
  void whoIsTurnedAwayIsInTheTrail() throws Exception {
    String begin = "?action=refusal&from=" + Instant.now();
    Tokens.bearer("clara").get(EVENTS).then().statusCode(403);
    given().get("/api/recommendations/p-secret/p-secret").then().statusCode(404);
    given().get("/api/recommendations").then().statusCode(401);

    Map<String, Object> missing = await(begin, item -> "clara".equals(item.get("actor")));
    Map<String, Object> unknown =
        await(begin, item -> "GET /api/recommendations".equals(item.get("entity")));

    assertThat(missing).containsEntry("failure", "role-missing");
    assertThat(missing).containsEntry("entity", "GET /api/audit");
    assertThat(unknown).containsEntry("failure", "not-authenticated");
  }

  @Test
  void floodOfRefusalsIsAFewRows() throws Exception {
    String begin = "?action=refusal&from=" + Instant.now();
    for (int i = 0; i < 5_000; i++) {
      refusals.report(
          Refusal.of(Actor.UNKNOWN, "flood", "GET", "/api/x" + i, "10.0." + i % 256 + ".1", ""));
    }
    await(begin, item -> "further-refusals".equals(item.get("failure")));

    assertThat(events(begin + "&size=1000").getList("items")).hasSizeLessThan(100);
  }

  @Test
  void refusalTellsNothingOfThePathBehindItsBeginning() {
    assertThat(target("/api/patients/north/p-1/export")).isEqualTo("GET /api/patients");
    assertThat(target("/api/p-1234")).isEqualTo("GET /api");
    assertThat(target("/cds-services/medication-suggestions-visits/feedback"))
        .isEqualTo("GET /cds-services/medication-suggestions-visits");
    assertThat(target("/Zebra")).isEqualTo("GET /");
    assertThat(Refusal.of(Actor.UNKNOWN, "r", "Zebra", "/api", "", "").target())
        .isEqualTo("OTHER /api");
  }

  private static String target(String path) {
    return Refusal.of(Actor.UNKNOWN, "r", "GET", path, "", "").target();
  }

  @Test
  void versionsThatAnswerAreInTheTrail() {
    List<Map<String, Object>> changes = events("?action=model-change").getList("items");

    assertThat(changes)
        .anySatisfy(
            change -> {
              assertThat(change).containsEntry("entity", "model/mrkpa/2.1.0");
              assertThat(String.valueOf(change.get("details"))).contains("to=active");
            });
    assertThat(events("?action=key-change").getList("items.entity")).contains("sealing-key");
  }

  @Test
  void lookingForSomebodyMakesNoPatientOfThem() {
    String begin = "?actor=olivia&action=view&from=" + Instant.now();

    assertThat(events("?tenant=local&patient=p-never-seen").getList("items")).isEmpty();
    Tokens.bearer("olivia").get("/api/recommendations?tenant=local&patient=p-never-seen");

    assertThat(subjects.find("local", "p-never-seen")).isEmpty();
    assertThat(events(begin).getList("items.entity")).contains("audit-trail", "recommendations");
  }

  @Test
  void whoSignsInAndOutIsInTheTrail() throws Exception {
    String begin = "?actor=clara&from=" + Instant.now();

    Browser browser = Tokens.signIn("clara");
    given().redirects().follow(false).cookies(browser.cookies()).get("/console/sign-out");

    Map<String, Object> login = await(begin, item -> "login".equals(item.get("action")));
    assertThat(String.valueOf(login.get("details"))).contains("remote=127.0.0.1");
    await(begin, item -> "logout".equals(item.get("action")));
    assertThat(events(begin + "&action=refusal").getList("items"))
        .as("to be sent to sign in is no refusal")
        .isEmpty();
  }
}
