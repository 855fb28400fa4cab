package org.medcue.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.HookRequests;
import org.medcue.harness.PostgresResource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ConsoleTest {

  private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");

  @Test
  void everythingThatThePageRefersToIsThere() {
    String page = given().get("/").then().statusCode(200).extract().asString();

    Matcher addresses = ADDRESS.matcher(page);
    assertThat(addresses.results().map(m -> m.group(1)))
        .contains("/console/console.js")
        .allSatisfy(address -> given().get(address).then().statusCode(200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heart-failure",
        "hypertension-allergies",
        "asthma-emphysema",
        "chronic-pain",
        "acute-bronchitis"
      })
  void everyBundledPatientGetsACardThatIsShownAndLogged(String patient) {
    String visit = UUID.randomUUID().toString();
    String request =
        given()
            .get("/console/patients/" + patient + "/request?visit=" + visit)
            .then()
            .statusCode(200)
            .extract()
            .asString();

    String answer =
        given()
            .contentType(ContentType.JSON)
            .body(request)
            .post(HookRequests.SERVICE)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    String shown =
        given()
            .contentType(ContentType.JSON)
            .body(answer)
            .post("/console/cards")
            .then()
            .statusCode(200)
            .extract()
            .asString();

    assertThat(request).contains(visit);
    assertThat(shown).contains("<table>", "Reject card", "data-suggestion", "earlier visits");
    assertThat(given().get("/console/log").asString()).contains("no response yet");
    assertThat(given().get("/api/recommendations?size=1").asString()).contains(visit);
  }

  @Test
  void patientOfADialogueIsSentToTheServiceOfDialogues() {
    String page = given().get("/").then().statusCode(200).extract().asString();

    assertThat(page)
        .contains("value=\"reflux-dialogue\" data-service=\"medication-suggestions-dialogue\"")
        .contains("value=\"heart-failure\" data-service=\"medication-suggestions-visits\"")
        .contains("11 messages, 1 drug orders, 1 allergies");
  }

  @Test
  void logNamesDrugsWithoutWhatToDoWithThem() {
    ObjectNode request = HookRequests.minimal();
    HookRequests.prefetch(request)
        .set(
            "medications",
            HookRequests.searchset(HookRequests.order(request, "m-1", "active", "860975")));
    given()
        .contentType(ContentType.JSON)
        .body(request.toString())
        .post(HookRequests.SERVICE)
        .then()
        .statusCode(200);

    assertThat(given().get("/console/log").asString())
        .contains("24 HR metformin")
        .doesNotContain("Renew ", "Order ");
  }

  @Test
  void textOfAChartCannotBecomeMarkup() {
    String answer =
        "{\"cards\":[{\"uuid\":\"\\\"><script>\",\"summary\":\"<b>\",\"detail\":\"<img src=x>"
            + " [a](javascript:alert(1))\",\"indicator\":\"info\",\"source\":{\"label\":\"x\"}}]}";

    String shown =
        given().contentType(ContentType.JSON).body(answer).post("/console/cards").asString();

    assertThat(shown).doesNotContain("<script>", "<b>", "<img", "javascript:");
  }

  @Test
  void unknownPatientIsNotFound() {
    given().get("/console/patients/nobody/request").then().statusCode(404);
  }
}
