package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.context;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.prefetch;
import static org.medcue.harness.HookRequests.recorded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.PostgresResource;

/** Whatever is sent, the answer is a client error that says what to mend, in FHIR's words. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class GarbageTest {

  private static final String SECRET = "Zebra-Patient-Secret";

  private static Response post(String path, String contentType, String body) {
    return given().contentType(contentType).body(body).post(path);
  }

  private static void refused(Response response, int status) {
    String body = response.then().extract().asString();
    assertThat(response.statusCode()).as(body).isEqualTo(status);
    assertThat(response.contentType()).startsWith("application/json");
    assertThat(response.jsonPath().getString("resourceType")).isEqualTo("OperationOutcome");
    assertThat(response.jsonPath().getString("issue[0].severity")).isEqualTo("error");
    assertThat(response.jsonPath().getString("issue[0].diagnostics")).isNotBlank();
    assertThat(body).doesNotContain("Exception", "\tat ", "org.medcue", "jackson", SECRET);
  }

  private static Arguments broken(String what, Consumer<ObjectNode> change, String path) {
    ObjectNode request = minimal();
    change.accept(request);
    return arguments(what, request.toString(), path);
  }

  static Stream<Arguments> brokenRequests() {
    return Stream.of(
        arguments("empty", "", "body"),
        arguments("blank", "  ", "body"),
        arguments("not JSON", "hook=order-select&name=" + SECRET, "body"),
        arguments("broken off", minimal().toString().substring(0, 200), "body"),
        arguments("trailing", minimal() + " {\"" + SECRET + "\":1}", "body"),
        arguments("array", "[" + minimal() + "]", "body"),
        arguments("string", "\"" + SECRET + "\"", "body"),
        arguments("null", "null", "body"),
        arguments("duplicate end", "{}}", "body"),
        arguments("number of a gigabyte", "{\"hook\": 1e999999999}", "body"),
        arguments("number too small to write", "{\"a\": [{\"b\": -1e-999999999}]}", "body"),
        arguments("empty object", "{}", "hook"),
        broken("no hook", r -> r.remove("hook"), "hook"),
        broken("number as hook", r -> r.put("hook", 1), "hook"),
        broken("wrong hook", r -> r.put("hook", "patient-view"), "hook"),
        broken("no hookInstance", r -> r.remove("hookInstance"), "hookInstance"),
        broken("no UUID", r -> r.put("hookInstance", SECRET), "hookInstance"),
        broken("short UUID", r -> r.put("hookInstance", "1-1-1-1-1"), "hookInstance"),
        broken("object as UUID", r -> r.putObject("hookInstance"), "hookInstance"),
        broken("no context", r -> r.remove("context"), "context"),
        broken("null context", r -> r.putNull("context"), "context"),
        broken("array as context", r -> r.putArray("context"), "context"),
        broken("no userId", r -> context(r).remove("userId"), "context.userId"),
        broken("bare userId", r -> context(r).put("userId", "42"), "context.userId"),
        broken("no patientId", r -> context(r).remove("patientId"), "context.patientId"),
        broken("number as patientId", r -> context(r).put("patientId", 7), "context.patientId"),
        broken(
            "reference as patientId",
            r -> context(r).put("patientId", "Patient/" + SECRET),
            "context.patientId"),
        broken(
            "long patientId",
            r -> context(r).put("patientId", "x".repeat(65)),
            "context.patientId"),
        broken("NUL", r -> context(r).put("patientId", "a\0b"), "context.patientId"),
        broken(
            "list as encounterId", r -> context(r).putArray("encounterId"), "context.encounterId"),
        broken("no selections", r -> context(r).remove("selections"), "context.selections"),
        broken(
            "text as selections", r -> context(r).put("selections", SECRET), "context.selections"),
        broken(
            "numbers as selections",
            r -> context(r).putArray("selections").add(3),
            "context.selections[0]"),
        broken(
            "selection of nothing",
            r -> context(r).putArray("selections").add("MedicationRequest/" + SECRET),
            "context.selections"),
        broken("no draftOrders", r -> context(r).remove("draftOrders"), "context.draftOrders"),
        broken(
            "number as draftOrders", r -> context(r).put("draftOrders", 3), "context.draftOrders"),
        broken(
            "text as draftOrders",
            r -> context(r).put("draftOrders", SECRET),
            "context.draftOrders"),
        broken(
            "other resource as draftOrders",
            r -> context(r).putObject("draftOrders").put("resourceType", "Patient"),
            "context.draftOrders"),
        broken(
            "draft that every suggestion would repeat",
            r ->
                ((ObjectNode) context(r).at("/draftOrders/entry/0/resource"))
                    .put("comment", "x".repeat(40_000)),
            "context.draftOrders"),
        broken("text as prefetch", r -> r.put("prefetch", SECRET), "prefetch"),
        broken("number as resource", r -> prefetch(r).put("conditions", 5), "prefetch.conditions"),
        broken(
            "text as resource", r -> prefetch(r).put("conditions", SECRET), "prefetch.conditions"),
        broken(
            "no resourceType",
            r -> prefetch(r).putObject("conditions").put("id", SECRET),
            "prefetch.conditions"),
        broken(
            "wrong type in FHIR",
            r ->
                prefetch(r)
                    .putObject("conditions")
                    .put("resourceType", "Condition")
                    .put("code", SECRET),
            "prefetch.conditions"),
        broken(
            "other patient",
            r -> prefetch(r).putObject("patient").put("resourceType", "Patient").put("id", SECRET),
            "prefetch.patient"),
        broken(
            "other patient's condition",
            r ->
                prefetch(r)
                    .putObject("conditions")
                    .put("resourceType", "Condition")
                    .putObject("subject")
                    .put("reference", "Patient/" + SECRET),
            "prefetch.conditions"),
        broken("number as fhirServer", r -> r.put("fhirServer", 1), "fhirServer"),
        broken(
            "token without server",
            r -> r.putObject("fhirAuthorization").put("access_token", SECRET),
            "fhirServer"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenRequests")
  void brokenRequestIsRefusedNamingThePlace(String what, String body, String path) {
    Response response = post(SERVICE, "application/json", body);

    refused(response, 400);
    assertThat(response.jsonPath().getList("issue.expression.flatten()", String.class))
        .contains(path);
  }

  @Test
  void severalViolationsAreNamedTogether() {
    ObjectNode request = minimal();
    request.remove("hookInstance");
    context(request).remove("patientId");
    context(request).remove("userId");

    Response response = post(SERVICE, "application/json", request.toString());

    assertThat(response.jsonPath().getList("issue.diagnostics"))
        .containsExactly(
            "hookInstance: missing", "context.userId: missing", "context.patientId: missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/cds-hooks-sandbox/sandbox-request-order-sign.json",
        "/cds-hooks-sandbox/sandbox-request-patient-view.json"
      })
  void recordedRequestOfAnotherHookIsRefused(String recorded) {
    Response response = post(SERVICE, "application/json", recorded(recorded));

    refused(response, 400);
    assertThat(response.jsonPath().getString("issue[0].diagnostics"))
        .isEqualTo("hook: must be order-select, the hook of this service");
  }

  @Test
  void fiveMegabytesOfNestingAreRefused() throws Exception {
    refused(send(BodyPublishers.ofString("{\"a\":".repeat(1_000_000))), 400);
    refused(send(BodyPublishers.ofString("[".repeat(5_000_000))), 400);
  }

  @Test
  void draftNestedAsDeepAsABodyMayBeIsAnswered() throws Exception {
    ObjectNode request = minimal();
    String deep = "{\"extension\":[".repeat(46) + "{}" + "]}".repeat(46);
    String body = request.toString().replace("\"intent\":\"order\"", "\"note\":[" + deep + "]");

    assertThat(send(BodyPublishers.ofString(body)).statusCode()).isEqualTo(200);
  }

  @Test
  void moreThanTenMegabytesAreRefused() throws Exception {
    byte[] large = ("{\"a\":\"" + "x".repeat(11_000_000) + "\"}").getBytes(UTF_8);

    refused(send(BodyPublishers.ofByteArray(large)), 413);
  }

  @Test
  void moreThanTenMegabytesWithoutAnnouncedLengthAreRefused() throws Exception {
    byte[] large = ("{\"a\":\"" + "x".repeat(11_000_000) + "\"}").getBytes(UTF_8);

    refused(send(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))), 413);
  }

  /** Large bodies go through the plain client: REST Assured takes seconds over them. */
  private static HttpResponse<String> send(BodyPublisher body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + SERVICE))
            .header("Content-Type", "application/json")
            .version(HttpClient.Version.HTTP_1_1)
            .POST(body)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static void refused(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains("OperationOutcome").doesNotContain("Exception", "xxx");
  }

  @Test
  void invalidUtf8IsRefused() {
    refused(
        given()
            .contentType(ContentType.JSON)
            .body(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'})
            .post(SERVICE),
        400);
  }

  @Test
  void otherContentTypesAreRefused() {
    refused(post(SERVICE, "text/plain", minimal().toString()), 415);
    refused(post(SERVICE, "application/xml", "<a/>"), 415);
  }

  @Test
  void otherAcceptedTypesAreRefused() {
    refused(
        given()
            .accept("text/html")
            .contentType(ContentType.JSON)
            .body(minimal().toString())
            .post(SERVICE),
        406);
  }

  @Test
  void unknownServicesAndAddressesAreNotFound() {
    refused(post("/cds-services/no-such-service", "application/json", minimal().toString()), 404);
    refused(post("/cds-services/no-such-service/feedback", "application/json", "{}"), 404);
    refused(post(SERVICE + "/no/such/address", "application/json", "{}"), 404);
  }

  @Test
  void otherMethodsAreRefused() {
    refused(given().delete("/cds-services"), 405);
    refused(given().get(SERVICE), 405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"feedback\":{}}",
        "{\"feedback\":[1]}",
        "{\"feedback\":[{}]}",
        "{\"feedback\":[{\"card\":1,\"outcome\":\"accepted\"}]}",
        "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"ignored\",\"outcomeTimestamp\":\"2026-01-01T00:00:00Z\"}]}",
        "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"overridden\"}]}",
        "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"yesterday\"}]}",
        "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"\"}]}",
        "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"-99999-01-01T00:00:00Z\"}]}",
        "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"accepted\",\"outcomeTimestamp\":\"2026-01-01T00:00:00Z\"}]}",
        "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"accepted\",\"outcomeTimestamp\":\"2026-01-01T00:00:00Z\",\"acceptedSuggestions\":[{}]}]}",
        "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"2026-01-01T00:00:00Z\",\"overrideReason\":\"no\"}]}",
        "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"2026-01-01T00:00:00Z\",\"overrideReason\":{\"reason\":\"no\"}}]}"
      })
  void brokenFeedbackIsRefused(String body) {
    refused(post(FEEDBACK, "application/json", body), 400);
  }

  @Test
  void onlyTheFirstOfManyMistakesAreListedAndTheRestCounted() {
    String items = String.join(",", Collections.nCopies(50, "1"));

    post(FEEDBACK, "application/json", "{\"feedback\":[" + items + "]}")
        .then()
        .statusCode(400)
        .body("issue.size()", equalTo(21))
        .body("issue[20].diagnostics", equalTo("body: and 30 more"));
  }
}
