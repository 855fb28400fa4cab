package org.medcue.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The API of a running service. Commands go through it, not to its database: one place then checks
 * what is asked for and writes the audit trail, in the name of the person whose token it is.
 */
final class ServiceApi {

  static final JsonMapper JSON = JsonMapper.builder().build();

  /** The most items that the service hands out at once. */
  private static final int PAGE = 100;

  private static final String MAY_BE_DONE =
      "what was asked for may be done all the same, so look before you ask again";

  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  @Option(
      names = "--url",
      defaultValue = "http://localhost:8080",
      description = "Base of the service; default: ${DEFAULT-VALUE}.")
  private String url = "http://localhost:8080";

  @Option(
      names = "--token",
      defaultValue = "${env:MEDCUE_TOKEN}",
      description =
          "Access token of somebody whose roles allow this; better in the environment variable"
              + " MEDCUE_TOKEN, where other users of the machine cannot see it.")
  private @Nullable String token;

  // Loading a version and asking it its golden examples takes seconds, sending its archive longer
  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long to wait for an answer; default: ${DEFAULT-VALUE}.")
  private int timeout = 600;

  /** What was read, and the ETag of it. */
  record Tagged(ObjectNode body, String etag) {}

  /** A condition on what is changed: a header and its value. */
  record Condition(String header, String value) {

    static Condition unchangedSince(Tagged read) {
      return new Condition("If-Match", read.etag());
    }

    static Condition isNew() {
      return new Condition("If-None-Match", "*");
    }
  }

  Tagged get(String path) throws InterruptedException {
    HttpResponse<String> answer = send(request(path).GET());
    return new Tagged((ObjectNode) body(answer), answer.headers().firstValue("ETag").orElse(""));
  }

  /** All items of a list that the service hands out in pages. */
  List<JsonNode> all(String path) throws InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    long total = 1;
    for (int page = 0; (long) page * PAGE < total; page++) {
      JsonNode read = get(path + "?page=" + page + "&size=" + PAGE).body();
      total = read.path("total").asLong();
      read.path("items").forEach(items::add);
    }
    return items;
  }

  /** Sends JSON. */
  JsonNode send(String method, String path, JsonNode json, @Nullable Condition condition)
      throws InterruptedException {
    return send(
        method, path, "application/json", BodyPublishers.ofString(json.toString()), condition);
  }

  JsonNode send(
      String method, String path, String type, BodyPublisher content, @Nullable Condition condition)
      throws InterruptedException {
    HttpRequest.Builder request =
        request(path).header("Content-Type", type).method(method, content);
    if (condition != null) {
      request.header(condition.header(), condition.value());
    }
    return body(send(request));
  }

  JsonNode delete(String path, @Nullable Condition condition) throws InterruptedException {
    HttpRequest.Builder request = request(path).DELETE();
    if (condition != null) {
      request.header(condition.header(), condition.value());
    }
    return body(send(request));
  }

  private HttpRequest.Builder request(String path) {
    if (timeout < 1) {
      throw new CommandException("--timeout is in seconds, 1 or more");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(path)).timeout(Duration.ofSeconds(timeout));
    if (token == null || token.isBlank()) {
      return request;
    }
    String plain = token.strip();
    if (!TOKEN.matcher(plain).matches()) {
      throw new CommandException("the token holds what no token holds: copy it again");
    }
    return request.header("Authorization", "Bearer " + plain);
  }

  private URI address(String path) {
    try {
      URI base = URI.create(url);
      boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
      if (http && base.getHost() != null) {
        return base.resolve(path);
      }
    } catch (IllegalArgumentException e) {
      // falls to the same message
    }
    throw new CommandException("--url is no address such as https://medcue.example");
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
    } catch (HttpTimeoutException e) {
      throw new CommandException(
          url + " did not answer within " + timeout + " s (--timeout): " + MAY_BE_DONE, e);
    } catch (ConnectException e) {
      throw new CommandException("no service answers at " + url + ": start one first", e);
    } catch (SSLException e) {
      throw new CommandException(
          url + " offers no TLS connection that this machine trusts: see to its certificate", e);
    } catch (IOException e) {
      throw new CommandException("the connection to " + url + " broke off: " + MAY_BE_DONE, e);
    }
  }

  private String problem(HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 401 -> "the service does not know who asks: set MEDCUE_TOKEN to a token that is valid";
      case 403 -> "the roles of this token do not allow this: --help says whose token is needed";
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

  /** A part of a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Prints JSON for people; returns the exit status. */
  static int print(JsonNode json) throws JsonProcessingException {
    System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    return 0;
  }
}
