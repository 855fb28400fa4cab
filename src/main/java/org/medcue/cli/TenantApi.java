package org.medcue.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The tenants of a running service. Commands go through its API, not to its database: one place
 * then checks settings and writes the audit trail, in the name of the admin whose token it is.
 */
final class TenantApi {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration LONGEST = Duration.ofSeconds(30);

  @Option(
      names = "--url",
      defaultValue = "http://localhost:8080",
      description = "Base of the service; default: ${DEFAULT-VALUE}.")
  private URI url = URI.create("http://localhost:8080");

  @Option(
      names = "--token",
      defaultValue = "${env:MEDCUE_TOKEN}",
      description =
          "An admin's access token; better in the environment variable MEDCUE_TOKEN, where other"
              + " users of the machine cannot see it.")
  private @Nullable String token;

  /** A tenant as it was read. */
  record Tagged(ObjectNode tenant, String etag) {}

  JsonNode page(int page, int size) throws InterruptedException {
    return body(send(request("?page=" + page + "&size=" + size).GET()));
  }

  Tagged read(String id) throws InterruptedException {
    HttpResponse<String> answer = send(request("/" + encoded(id)).GET());
    return new Tagged((ObjectNode) body(answer), answer.headers().firstValue("ETag").orElse(""));
  }

  JsonNode add(String id, ObjectNode tenant) throws InterruptedException {
    return body(send(put(id, tenant).header("If-None-Match", "*")));
  }

  JsonNode change(String id, ObjectNode tenant, String etag) throws InterruptedException {
    return body(send(put(id, tenant).header("If-Match", etag)));
  }

  JsonNode disable(String id, String reason) throws InterruptedException {
    return body(send(request("/" + encoded(id) + "?reason=" + encoded(reason)).DELETE()));
  }

  private HttpRequest.Builder put(String id, ObjectNode tenant) {
    BodyPublisher json = BodyPublishers.ofString(tenant.toString());
    return request("/" + encoded(id)).header("Content-Type", "application/json").PUT(json);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve("/api/tenants" + path)).timeout(LONGEST);
    return token == null || token.isBlank()
        ? request
        : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() >= 300) {
        throw new CommandException(problem(answer));
      }
      return answer;
    } catch (IOException e) {
      throw new CommandException("no service answers at " + url + ": start one first", e);
    }
  }

  private String problem(HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 401 -> "the service wants an admin's token: set MEDCUE_TOKEN";
      case 403 -> "the token is not an admin's";
      default ->
          body(answer).path("detail").asText(url + " answered with status " + answer.statusCode());
    };
  }

  private JsonNode body(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new CommandException(
          url + " answered with status " + answer.statusCode() + " and no JSON: is it Medcue?", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
