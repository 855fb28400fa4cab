package org.medcue.cdshooks.trust;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.TrustRequired;

/** However the address is written, nobody without a token gets behind it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(TrustRequired.class)
class GuardedAddressesTest {

  static Stream<String> requests() {
    String service = "/cds-services/medication-suggestions-visits";
    return Stream.of(
            "/cds-services",
            "/cds-services/",
            "//cds-services",
            "///cds-services//",
            "/./cds-services",
            "/x/../cds-services",
            "/cds-services/.",
            "/cds-services.",
            "/cds-services;a=b",
            "/cds-services;a=b/medication-suggestions-visits",
            "/;a=b/cds-services",
            "/cds%2Dservices",
            "/%63ds-services",
            "/%2e/cds-services",
            "/cds-services%2F",
            "/cds-services?x=/api",
            "/console/../cds-services",
            "/cds-services/nothing",
            "/cds-services/../cds-services",
            service,
            service + "/",
            service + ";a=b",
            service + "/feedback",
            service + "//feedback",
            service + "/feedback;a=b",
            service + "/%66eedback",
            service + "/nothing",
            "/cds-services//medication-suggestions-visits",
            "/cds-services/%6Dedication-suggestions-visits",
            "http://127.0.0.1/cds-services")
        .flatMap(
            path ->
                Stream.of(
                        "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW")
                    .map(method -> method + " " + path));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void withoutATokenThereIsNothing(String request) throws IOException {
    String status = statusOf(request);

    assertThat(status).isIn("401", "404", "400");
    if (request.contains(" /cds-services")) {
      // What holds matrix parameters goes nowhere, whoever sends it
      assertThat(status).isEqualTo(request.contains(";") ? "400" : "401");
    }
  }

  private String statusOf(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(10_000);
      String text =
          request
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return answer.split(" ", 3)[1];
    }
  }

  @Test
  void otherAddressesAreNotTheBusinessOfEhrs() {
    given().get("/health/ready").then().statusCode(200);
    given().get("/openapi").then().statusCode(200);
  }
}
