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
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class ConsoleTest {

  private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");

  @Test
  void everythingThatThePageRefersToIsThere() {
    String page = Tokens.session("clara").get("/").then().statusCode(200).extract().asString();

    Matcher addresses = ADDRESS.matcher(page);
    assertThat(addresses.results().map(m -> m.group(1)))
        .contains("/console/console.js")
        .filteredOn(address -> !address.equals("/console/sign-out"))
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
        Tokens.session("clara")
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
        Tokens.session("clara")
            .contentType(ContentType.JSON)
            .body(answer)
            .post("/console/cards")
            .then()
            .statusCode(200)
            .extract()
            .asString();

    assertThat(request).contains(visit);
    assertThat(shown).contains("<table>", "Reject card", "data-suggestion", "earlier visits");
    assertThat(Tokens.session("olivia").get("/console/log").asString()).contains("no response yet");
    assertThat(Tokens.bearer("olivia").get("/api/recommendations?size=1").asString())
        .contains(visit);
  }

  @Test
  void patientOfADialogueIsSentToTheServiceOfDialogues() {
    String page = Tokens.session("clara").get("/").then().statusCode(200).extract().asString();

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

    assertThat(Tokens.session("olivia").get("/console/log").asString())
        .contains("24 HR metformin")
        .doesNotContain("Renew ", "Order ");
  }

  @Test
  void patientWhoseIdIsAWordOfABundledRequestKeepsIt() {
    ObjectNode request = HookRequests.minimal();
    String named = request.toString().replace(HookRequests.patient(request), "order-select");
    given()
        .contentType(ContentType.JSON)
        .body(named)
        .post(HookRequests.SERVICE)
        .then()
        .statusCode(200);

    assertThat(Tokens.session("olivia").get("/console/log").asString())
        .contains("<td data-label=\"Patient\">order-select</td>");
  }

  @Test
  void textOfAChartCannotBecomeMarkup() {
    String answer =
        "{\"cards\":[{\"uuid\":\"\\\"><script>\",\"summary\":\"<b>\",\"detail\":\"<img src=x>"
            + " [a](javascript:alert(1))\",\"indicator\":\"info\",\"source\":{\"label\":\"x\"}}]}";

    String shown =
        Tokens.session("clara")
            .contentType(ContentType.JSON)
            .body(answer)
            .post("/console/cards")
            .asString();

    assertThat(shown).doesNotContain("<script>", "<b>", "<img", "javascript:");
  }

  @Test
  void unknownPatientIsNotFound() {
    Tokens.session("clara").get("/console/patients/nobody/request").then().statusCode(404);
  }

  @Test
  void rowOfTheLogLeadsToTheWholeEntry() {
    ObjectNode request = HookRequests.minimal();
    given().contentType(ContentType.JSON).body(request.toString()).post(HookRequests.SERVICE);
    String log = Tokens.session("olivia").get("/console/log").asString();
    Matcher rows = Pattern.compile("href=\"(/console/recommendations/[^\"]+)\"").matcher(log);
    assertThat(rows.find()).isTrue();

    String entry =
        Tokens.session("olivia").get(rows.group(1)).then().statusCode(200).extract().asString();

    assertThat(entry).contains(HookRequests.patient(request), "evidenceDigest", "mrkpa");
    Tokens.session("olivia").get("/console/recommendations/x").then().statusCode(400);
    Tokens.session("olivia")
        .get("/console/recommendations/" + UUID.randomUUID())
        .then()
        .statusCode(404);
  }

  @Test
  void pageSaysWhoIsSignedInAndWhatTheRoleMaySee() {
    String clinician = Tokens.session("clara").get("/").asString();
    String auditor = Tokens.session("olivia").get("/").asString();

    assertThat(clinician)
        .contains("<strong>Clara Medcue</strong> (clinician)", "Sign out", "id=\"order\"")
        .contains("which auditors may read")
        .doesNotContain("hx-get");
    assertThat(auditor)
        .contains("<strong>Olivia Medcue</strong> (auditor)", "hx-get=\"/console/log\"")
        .contains("are for clinicians")
        .doesNotContain("id=\"order\"");
  }
}
