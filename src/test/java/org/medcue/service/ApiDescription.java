package org.medcue.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The API's description as the service serves it. */
final class ApiDescription {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig FORMATS_COUNT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  /** What one method of one address does. */
  record Operation(String method, String path, JsonNode json) {

    String name() {
      return method + " " + path;
    }

    /** The JSON body that it takes, or a missing node. */
    JsonNode jsonBody() {
      return json.path("requestBody").path("content").path("application/json");
    }

    /** The roles that an access token needs; none for an EHR. */
    List<String> roles() {
      return texts(json.path("security").path(0).path("accessToken"));
    }
  }

  private final JsonNode document;

  private ApiDescription(JsonNode document) {
    this.document = document;
  }

  static ApiDescription served() {
    String text = RestAssured.given().accept("application/json").get("/openapi").asString();
    return new ApiDescription(parse(text));
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  JsonNode document() {
    return document;
  }

  JsonNode schema(String name) {
    return document.path("components").path("schemas").path(name);
  }

  /** Operations by method and path. */
  Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
        String method = verb.getKey().toUpperCase(Locale.ROOT);
        Operation operation = new Operation(method, path.getKey(), verb.getValue());
        operations.put(operation.name(), operation);
      }
    }
    return operations;
  }

  /** What a node refers to, or the node. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  List<JsonNode> parameters(Operation operation) {
    List<JsonNode> parameters = new ArrayList<>();
    operation.json().path("parameters").forEach(one -> parameters.add(resolved(one)));
    return parameters;
  }

  /** The answer of a status, or a missing node. */
  JsonNode response(Operation operation, int status) {
    return resolved(operation.json().path("responses").path(String.valueOf(status)));
  }

  /** Every content, of requests and of answers, that an operation names. */
  List<JsonNode> contents(Operation operation) {
    List<JsonNode> contents = new ArrayList<>();
    operation.json().path("requestBody").path("content").forEach(contents::add);
    operation
        .json()
        .path("responses")
        .forEach(response -> resolved(response).path("content").forEach(contents::add));
    return contents;
  }

  /** What is wrong with a value by its schema. */
  Set<ValidationMessage> problems(JsonNode schema, JsonNode value) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    return SCHEMAS.getSchema(whole, FORMATS_COUNT).validate(value);
  }
}
