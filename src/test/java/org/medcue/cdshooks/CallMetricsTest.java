package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.DIALOGUE;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.minimal;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;

/** What {@code /metrics} tells of hook calls. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
@Timeout(60)
class CallMetricsTest {

  private static void post(String path, String type, String body, int status) {
    given().contentType(type).body(body).post(path).then().statusCode(status);
  }

  private static String metrics() {
    return given().get("/metrics").then().statusCode(200).extract().asString();
  }

  /** How many were counted; a call is once its answer has ended. */
  private static double count(String service, String status) {
    Matcher line =
        Pattern.compile(
                "^medcue_calls_seconds_count\\{service=\"%s\",status=\"%s\"} (.*)$"
                    .formatted(service.substring(service.lastIndexOf('/') + 1), status),
                Pattern.MULTILINE)
            .matcher(metrics());
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  private static void untilCounted(String service, String status, double before) {
    while (count(service, status) <= before) {
      assertThat(Thread.interrupted()).as("timed out").isFalse();
    }
  }

  @Test
  void callsAreTimedByServiceAndStatus() {
    double answered = count(SERVICE, "200");
    double unreadable = count(DIALOGUE, "400");
    double unnamed = count(SERVICE, "415");

    post(SERVICE, ContentType.JSON.toString(), minimal().toString(), 200);
    post(DIALOGUE, ContentType.JSON.toString(), "{", 400);
    given().noContentType().post(SERVICE).then().statusCode(415);

    untilCounted(SERVICE, "200", answered);
    untilCounted(DIALOGUE, "400", unreadable);
    untilCounted(SERVICE, "415", unnamed);
    assertThat(metrics())
        .contains("medcue_calls_seconds_bucket{service=\"medication-suggestions-visits\"")
        .contains("le=\"0.5\"");
  }

  @Test
  void placesAreShown() {
    post(SERVICE, ContentType.JSON.toString(), minimal().toString(), 200);

    assertThat(metrics())
        .contains("medcue_calls_waiting{places=\"calls\"} 0.0")
        .contains("medcue_calls_waiting{places=\"large-calls\"} 0.0")
        .contains("medcue_calls_refused_total{places=\"calls\"}")
        .contains("medcue_calls_refused_total{places=\"large-calls\"}");
  }

  @Test
  void whatSomebodyWroteIntoAnAddressIsNotThere() {
    double answered = count(SERVICE, "200");
    post("/cds-services/Ingeborg-4711", ContentType.JSON.toString(), minimal().toString(), 404);
    post(FEEDBACK + "/Ingeborg-4711", ContentType.JSON.toString(), "{}", 404);
    post(SERVICE, ContentType.JSON.toString(), minimal().toString(), 200);

    untilCounted(SERVICE, "200", answered);
    assertThat(metrics()).doesNotContain("Ingeborg");
  }
}
