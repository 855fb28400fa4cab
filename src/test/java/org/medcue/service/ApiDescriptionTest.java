package org.medcue.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medcue.audit.AuditAction;
import org.medcue.feedback.LoggedFeedback;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;
import org.medcue.platform.OperationOutcome;
import org.medcue.platform.ProblemDetails;
import org.medcue.registry.Outcome.Refusal;
import org.medcue.registry.VersionState;
import org.medcue.service.ApiDescription.Operation;

/**
 * The API's description is written by hand: whatever it says is held against the code and against
 * the service, so that no endpoint comes without it and no part of it goes stale.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class ApiDescriptionTest {

  private static final String PROBLEM = "urn:medcue:problem:";
  private static final String STRANGER = "";

  /** The body was not understood, or the call did not get as far as to be read. */
  private static final Set<Integer> NOT_READ = Set.of(400, 401, 403, 408, 413, 415, 428, 500, 503);

  private final Map<String, String> tokens = new HashMap<>();
  private ApiDescription api;
  private Map<String, Operation> operations;

  @BeforeEach
  void read() {
    api = ApiDescription.served();
    operations = api.operations();
  }

  @Test
  void everyEndpointIsDescribedAndNothingElse() {
    assertThat(operations.keySet()).isEqualTo(Endpoint.ALL.keySet());
  }

  @Test
  void everyOperationSaysWhatItIs() {
    Set<String> ids = new TreeSet<>();
    Set<String> tags = new TreeSet<>();
    api.document().path("tags").forEach(tag -> tags.add(tag.path("name").asText()));
    operations.forEach(
        (name, operation) -> {
          JsonNode json = operation.json();
          assertThat(json.path("summary").asText()).as(name).isNotBlank();
          assertThat(json.path("description").asText()).as(name).isNotBlank();
          assertThat(json.path("operationId").asText()).as(name).isNotBlank();
          assertThat(ids.add(json.path("operationId").asText())).as(name).isTrue();
          assertThat(ApiDescription.texts(json.path("tags"))).as(name).hasSize(1);
          assertThat(tags).as(name).containsAll(ApiDescription.texts(json.path("tags")));
          api.parameters(operation)
              .forEach(one -> assertThat(one.path("description").asText()).as(name).isNotBlank());
          assertThat(api.contents(operation)).as(name).allMatch(one -> one.has("schema"));
        });
  }

  @Test
  void nothingIsAddedByTheFramework() {
    assertThat(api.document().at("/info/title").asText()).isEqualTo("Medcue");
    assertThat(api.document().at("/info/version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(api.document().at("/components/securitySchemes").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("accessToken", "ehrToken");
    assertThat(api.document().has("servers")).isFalse();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(api.document().findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            ref -> assertThat(api.document().at(ref.substring(1)).isObject()).as(ref).isTrue());
  }

  @Test
  void rolesAreThoseThatTheEndpointAnswers() {
    Endpoint.ALL.forEach(
        (name, endpoint) -> {
          JsonNode security = operations.get(name).json().path("security");
          assertThat(security).as(name).hasSize(1);
          if (endpoint.roles().equals(Set.of("cds-client"))) {
            assertThat(security.path(0).has("ehrToken")).as(name).isTrue();
          } else {
            assertThat(operations.get(name).roles())
                .as(name)
                .containsExactlyInAnyOrderElementsOf(endpoint.roles());
          }
        });
  }

  @Test
  void parametersAreThoseThatTheEndpointReads() {
    Endpoint.ALL.forEach(
        (name, endpoint) -> {
          Map<String, String> described = new TreeMap<>();
          api.parameters(operations.get(name))
              .forEach(
                  one ->
                      described.put(
                          one.path("in").asText() + " " + one.path("name").asText(),
                          one.path("schema").path("default").asText()));
          assertThat(described).as(name).isEqualTo(endpoint.parameters());
        });
  }

  @Test
  void membersOfAnswersAreThoseThatAreWritten() {
    RecordSchema records = new RecordSchema(api);
    Endpoint.ALL.forEach(
        (name, endpoint) ->
            endpoint
                .answer()
                .ifPresent(type -> records.requireSame(type, answer(operations.get(name)))));
    records.requireSame(ProblemDetails.class, api.schema("ProblemDetails"));
    records.requireSame(OperationOutcome.class, api.schema("OperationOutcome"));
    records.requireSame(LoggedFeedback.class, api.schema("LoggedFeedback"));
  }

  private JsonNode answer(Operation operation) {
    JsonNode response = api.response(operation, 200);
    return (response.isMissingNode() ? api.response(operation, 201) : response)
        .path("content")
        .path("application/json")
        .path("schema");
  }

  @Test
  void codesAreThoseThatTheServiceKnows() {
    assertThat(types("ModelConflict")).containsExactlyInAnyOrderElementsOf(refusals(409));
    assertThat(types("ModelStale")).containsExactlyInAnyOrderElementsOf(refusals(412));
    assertThat(types("ModelNotFound")).containsAll(refusals(404)).contains("about:blank");
    assertThat(api.document().at("/components/responses/ModelConflict/description").asText())
        .contains(refusals(409).stream().map(type -> type.substring(PROBLEM.length())).toList());
    assertThat(ApiDescription.texts(api.schema("AuditAction").path("enum")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(AuditAction.values()).map(AuditAction::code).toList());
    assertThat(ApiDescription.texts(api.schema("VersionState").path("enum")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(VersionState.values())
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  private List<String> types(String response) {
    return ApiDescription.texts(
        api.document()
            .at("/components/responses/" + response)
            .at("/content/application~1problem+json/schema/allOf/1/properties/type/enum"));
  }

  private static List<String> refusals(int status) {
    return Arrays.stream(Refusal.values())
        .filter(refusal -> refusal.status() == status)
        .map(refusal -> PROBLEM + refusal.code())
        .toList();
  }

  @Test
  void everyExampleFitsItsSchema() {
    operations.forEach(
        (name, operation) ->
            api.contents(operation).stream()
                .filter(content -> content.has("schema"))
                .forEach(
                    content ->
                        examples(content)
                            .forEach(
                                (key, value) ->
                                    assertThat(api.problems(content.path("schema"), value))
                                        .as("%s: %s", name, key)
                                        .isEmpty())));
  }

  @Test
  void everyBodyHasASchemaAndExamples() {
    operations.forEach(
        (name, operation) -> {
          JsonNode json = operation.jsonBody();
          if (!json.isMissingNode()) {
            assertThat(body(operation).path("type").asText()).as(name).isEqualTo("object");
            assertThat(examples(json)).as(name).isNotEmpty();
          } else if (!operation.method().equals("GET") && !operation.method().equals("DELETE")) {
            assertThat(operation.json().at("/requestBody/content").has("application/zip"))
                .as(name)
                .isTrue();
          }
        });
  }

  @Test
  void examplesOfBodiesAreUnderstoodAsTheirSchemaSays() {
    withBodies()
        .forEach(
            operation ->
                examples(operation.jsonBody())
                    .forEach((key, value) -> sendVariants(operation, key, (ObjectNode) value)));
  }

  /** As it is; with a member that nobody knows; and without each that must be there. */
  private void sendVariants(Operation operation, String key, ObjectNode example) {
    String name = operation.name() + ": " + key;
    JsonNode schema = body(operation);
    assertThat(send(operation, example)).as(name).isNotIn(NOT_READ);

    boolean closed =
        schema.has("additionalProperties") && !schema.path("additionalProperties").asBoolean();
    int status = send(operation, example.deepCopy().put("mistyped", "x"));
    assertThat(status == 400).as("%s with another member: %s", name, status).isEqualTo(closed);

    for (String required : ApiDescription.texts(schema.path("required"))) {
      assertThat(send(operation, example.deepCopy().without(List.of(required))))
          .as("%s without %s", name, required)
          .isEqualTo(400);
    }
  }

  private Stream<Operation> withBodies() {
    return operations.values().stream().filter(one -> !one.jsonBody().isMissingNode());
  }

  private int send(Operation operation, JsonNode body) {
    return checked(operation, withBody(request(operation, personOf(operation), Map.of()), body));
  }

  private static RequestSpecification withBody(RequestSpecification request, JsonNode body) {
    return request.contentType("application/json").body(body.toString());
  }

  @Test
  void whatIsReadIsAsDescribed() {
    Map<String, String> there = examplesThatAreThere();
    operations.values().stream()
        .filter(operation -> operation.method().equals("GET"))
        .forEach(
            operation -> {
              String who = personOf(operation);
              checked(operation, request(operation, who, Map.of()));
              boolean model = operation.path().startsWith("/api/models");
              Map<String, String> bundled = model ? Map.of("version", "2.1.0") : Map.of();
              boolean entry = operation.path().startsWith("/api/recommendations/{id}");
              int status = checked(operation, request(operation, who, entry ? there : bundled));
              assertThat(status).as(operation.name()).isEqualTo(200);
            });
  }

  /** Admits the tenant of the examples and makes an entry of the log, whose id is returned. */
  private Map<String, String> examplesThatAreThere() {
    Operation put = operations.get("PUT /api/tenants/{id}");
    Map<String, String> anew = Map.of("If-Match", "", "If-None-Match", "*");
    JsonNode tenant = examples(put.jsonBody()).get("keysGiven");
    assertThat(checked(put, withBody(request(put, "adam", anew), tenant))).isIn(201, 412);
    Operation hook = operations.get("POST /cds-services/{id}");
    assertThat(send(hook, examples(hook.jsonBody()).get("prefetched"))).isEqualTo(200);
    String entry =
        Tokens.bearer("olivia")
            .queryParam("tenant", "local")
            .queryParam("patient", "example-of-the-api")
            .get("/api/recommendations")
            .path("items[0].id");
    return Map.of("id", entry);
  }

  @Test
  void refusalsAreThoseOfTheExamples() {
    operations.values().stream()
        .filter(operation -> !operation.roles().isEmpty())
        .forEach(
            operation -> {
              assertExample(operation, 401, request(operation, STRANGER, Map.of()));
              assertExample(operation, 403, request(operation, "norbert", Map.of()));
              if (!api.response(operation, 428).isMissingNode()) {
                Map<String, String> noTag = Map.of("If-Match", "");
                assertExample(operation, 428, request(operation, personOf(operation), noTag));
              }
            });
  }

  private void assertExample(Operation operation, int status, RequestSpecification request) {
    boolean zip = operation.json().at("/requestBody/content").has("application/zip");
    if (operation.json().has("requestBody")) {
      request.contentType(zip ? "application/zip" : "application/json").body("{}".getBytes());
    }
    Response response = request.request(operation.method(), operation.path());
    assertThat(response.statusCode()).as(operation.name()).isEqualTo(status);
    assertHeaders(operation, response);
    assertThat(examples(content(operation, response)).values())
        .as(operation.name())
        .contains(ApiDescription.parse(response.asString()));
  }

  /** The status of a call, which is described, and so is what came with it. */
  private int checked(Operation operation, RequestSpecification request) {
    Response response = request.request(operation.method(), operation.path());
    String what = operation.name() + " answered " + response.statusCode();
    assertThat(api.response(operation, response.statusCode()).isObject()).as(what).isTrue();
    assertHeaders(operation, response);
    if (response.contentType().contains("ndjson")) {
      assertThat(content(operation, response).isObject()).as(what).isTrue();
    } else if (!response.asString().isEmpty()) {
      JsonNode body = ApiDescription.parse(response.asString());
      JsonNode schema = content(operation, response).path("schema");
      assertThat(schema.isObject()).as(what).isTrue();
      assertThat(api.problems(schema, body)).as(what).isEmpty();
    }
    return response.statusCode();
  }

  private void assertHeaders(Operation operation, Response response) {
    api.response(operation, response.statusCode())
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            name ->
                assertThat(response.header(name))
                    .as("%s of %s", name, operation.name())
                    .isNotBlank());
  }

  private JsonNode content(Operation operation, Response response) {
    return api.response(operation, response.statusCode())
        .path("content")
        .path(response.contentType().split(";")[0]);
  }

  private JsonNode body(Operation operation) {
    return api.resolved(operation.jsonBody().path("schema"));
  }

  private static Map<String, JsonNode> examples(JsonNode content) {
    Map<String, JsonNode> examples = new TreeMap<>();
    content
        .path("examples")
        .properties()
        .forEach(one -> examples.put(one.getKey(), one.getValue().path("value")));
    return examples;
  }

  private static String personOf(Operation operation) {
    if (operation.roles().isEmpty()) {
      return STRANGER;
    }
    return operation.roles().contains("admin") ? "adam" : "olivia";
  }

  /** A call with the examples of the parameters, or with other values; an empty one is left out. */
  private RequestSpecification request(
      Operation operation, String who, Map<String, String> instead) {
    RequestSpecification request = RestAssured.given();
    if (!who.equals(STRANGER)) {
      request.auth().oauth2(tokens.computeIfAbsent(who, Tokens::of));
    }
    for (JsonNode parameter : api.parameters(operation)) {
      String name = parameter.path("name").asText();
      String value = instead.getOrDefault(name, parameter.path("example").asText());
      if (!value.isEmpty()) {
        switch (parameter.path("in").asText()) {
          case "path" -> request.pathParam(name, value);
          case "query" -> request.queryParam(name, value);
          default -> request.header(name, value);
        }
      }
    }
    return request;
  }
}
