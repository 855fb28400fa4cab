package org.medcue.service;

import static io.restassured.RestAssured.given;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.LogRecorder;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.RawHttp;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class SecurityHeadersTest {

  private static Response get(String path) {
    return given().redirects().follow(false).get(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/console/console.js",
        "/console/log",
        "/api/recommendations",
        "/api/nothing",
        "/cds-services",
        "/cds-services/nothing",
        "/health/ready",
        "/openapi",
        "/nothing"
      })
  void everyAnswerIsGuardedWhateverItsStatus(String path) {
    get(path)
        .then()
        .header(
            "Content-Security-Policy",
            allOf(
                containsString("default-src 'none'"),
                containsString("script-src 'self';"),
                containsString("frame-ancestors 'none'"),
                containsString("form-action 'self'")))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("X-Frame-Options", equalTo("DENY"))
        .header("Referrer-Policy", equalTo("same-origin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/console/log",
        "/console/patients/heart-failure/request",
        "/console/recommendations/x",
        "/api/recommendations",
        "/cds-services"
      })
  void whatMayTellOfAPatientStaysInNoCache(String path) {
    get(path).then().header("Cache-Control", containsString("no-store"));
  }

  @Test
  void pageOfSomebodySignedInStaysInNoCache() {
    Tokens.session("olivia")
        .get("/console/log")
        .then()
        .header("Cache-Control", equalTo("no-store"));
  }

  @Test
  void scriptsAndStylesMayBeCached() {
    get("/console/console.css")
        .then()
        .statusCode(200)
        .header("Cache-Control", anyOf(nullValue(), not(containsString("no-store"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q", "/q/dev", "/q/metrics", "/q/openapi", "/q/swagger-ui"})
  void toolsOfTheFrameworkAreClosed(String path) {
    get(path).then().statusCode(401);
  }

  /** What fails before the web server has found out where it leads. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET {} HTTP/1.1",
        "GET {} HTTP/1.1\r\nHost: {} <b>",
        "GET {} HTTP/1.1\r\nHost: a b",
        "GET {} HTTP/1.1\r\nHost:",
        "GET {} HTTP/9.9\r\nHost: localhost",
        "GET {} HTTP/9.9",
        "GET {} ZAPHRENTIS/1.1\r\nHost: localhost",
        "GET {} ZAPHRENTIS/1.1",
        "GET Zaphrentis HTTP/1.1\r\nHost: localhost",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nX: {}"
      })
  void whatIsNoHttpIsAnsweredInOurWordsAndNotLogged(String head) throws IOException {
    String path = "/api/patients/local/Zaphrentis/export?name=Zaphrentis";
    try (LogRecorder log = LogRecorder.open()) {
      String answer = RawHttp.ask(head.replace("{}", path), "Accept: text/html");

      // Who calls HTTP by another name is answered in that name
      assertThat(answer).matches("(?s)\\S+ 4\\d\\d .*");
      assertThat(answer.substring(answer.indexOf(' ')))
          .doesNotContainIgnoringCase("Zaphrentis", "<html", "stack", "Exception");
      if (answer.contains("{")) {
        assertThat(answer)
            .contains("application/problem+json", "Content-Security-Policy: default-src 'none'")
            .contains("X-Content-Type-Options: nosniff", "Cache-Control: no-store");
      }
      assertThat(log.lines()).noneMatch(line -> line.toUpperCase(ROOT).contains("ZAPHRENTIS"));
    }
  }
}
