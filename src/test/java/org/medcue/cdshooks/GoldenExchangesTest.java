package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medcue.harness.PostgresResource;

/**
 * Every file of the golden exchanges: what is sent, the status, and the shape of what comes back. A
 * string in an expected answer is a regular expression; objects have exactly the members named; the
 * one element of an expected array stands for each, several for one each.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class GoldenExchangesTest {

  private static final Path FOLDER = Path.of("fhir-profiles/cds-hooks");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> exchanges() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> exchanges = files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
      assertThat(exchanges).isNotEmpty();
      return exchanges;
    }
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void answersHaveTheShapeTheyAreSaidToHave(Path file) throws IOException {
    JsonNode exchange = JSON.readTree(file.toFile());
    String path = exchange.path("path").asText();

    Response response =
        exchange.has("request")
            ? given()
                .contentType(ContentType.JSON)
                .body(exchange.get("request").toString())
                .post(path)
            : given().get(path);

    assertThat(response.statusCode()).isEqualTo(exchange.path("status").asInt());
    if (exchange.has("response")) {
      compare("", exchange.get("response"), JSON.readTree(response.asString()));
    }
  }

  private static void compare(String at, JsonNode expected, JsonNode actual) {
    if (expected.isObject()) {
      assertThat(actual.fieldNames())
          .toIterable()
          .as(at)
          .containsExactlyInAnyOrderElementsOf(() -> expected.fieldNames());
      expected
          .properties()
          .forEach(e -> compare(at + "/" + e.getKey(), e.getValue(), actual.path(e.getKey())));
    } else if (expected.isArray() && expected.size() > 1) {
      assertThat(actual.size()).as(at).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        compare(at + "[" + i + "]", expected.get(i), actual.get(i));
      }
    } else if (expected.isArray() && !expected.isEmpty()) {
      assertThat(actual.isArray() && !actual.isEmpty()).as(at).isTrue();
      actual.forEach(element -> compare(at + "[]", expected.get(0), element));
    } else if (expected.isTextual()) {
      assertThat(actual.asText()).as(at).matches("(?s)" + expected.asText());
    } else {
      assertThat(actual).as(at).isEqualTo(expected);
    }
  }
}
