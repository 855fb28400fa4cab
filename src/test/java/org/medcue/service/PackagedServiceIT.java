package org.medcue.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.medcue.harness.HookRequests.DIALOGUE;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.recorded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.AuditHeadResource;
import org.medcue.harness.EhrTokens;
import org.medcue.harness.HookRequests;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.Planted;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.SealingKeyResource;
import org.medcue.harness.Tokens;

/** The package as it is delivered, with the bundled model, over HTTP. */
@QuarkusIntegrationTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuditHeadResource.class)
@QuarkusTestResource(KeycloakResource.class)
@QuarkusTestResource(SealingKeyResource.class)
class PackagedServiceIT {

  private static final String BASE = "https://medcue.hospital.example";
  private static final String ISSUER = "https://ehr.hospital.example";
  private static final PublicJsonWebKey KEY = EhrTokens.curve("key", "P-384");

  private static boolean admitted;

  /** Not before all: the address of the package is known to the first test only. */
  @BeforeEach
  void admitAnEhr() {
    if (admitted) {
      return;
    }
    Tokens.bearer("ada")
        .contentType(ContentType.JSON)
        .header("If-None-Match", "*")
        .body(
            """
            {"name": "Hospital", "issuer": "%s", "keySet": %s, "publicBase": "%s",
             "reason": "to be tested"}
            """
                .formatted(ISSUER, EhrTokens.keySet(KEY), BASE))
        .put("/api/tenants/hospital")
        .then()
        .statusCode(201);
    admitted = true;
  }

  private static RequestSpecification signed(String path) {
    return given().header("Authorization", "Bearer " + EhrTokens.token(ISSUER, BASE + path, KEY));
  }

  @Test
  void callWithoutATokenGetsABare401() {
    given().get("/cds-services").then().statusCode(401).body(emptyString());
  }

  private static JsonPath answer(String request) {
    return signed(SERVICE)
        .contentType(ContentType.JSON)
        .body(request)
        .post(SERVICE)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  void recordedSandboxOrderSelectGetsSuggestionsOfTheBundledModel() {
    JsonPath answer = answer(recorded("/cds-hooks-sandbox/sandbox-request-order-select.json"));

    assertThat(answer.getString("cards[0].source.label")).startsWith("Medcue mrkpa 2.1.0");
    assertThat(answer.getString("cards[0].summary")).hasSizeLessThan(140);
    assertThat(answer.getString("cards[0].detail")).contains("first visit known");
    String resource = "cards[0].suggestions[0].actions[0].resource.";
    assertThat(answer.getString(resource + "id")).isEqualTo("request-123");
    assertThat(answer.getString(resource + "medicationCodeableConcept.text")).isNotBlank();
    assertThat(answer.getString(resource + "medicationCodeableConcept.coding[0].code"))
        .matches("[0-9]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"order-sign", "patient-view"})
  void recordedSandboxRequestsOfOtherHooksAreRefusedInWords(String hook) {
    signed(SERVICE)
        .contentType(ContentType.JSON)
        .body(recorded("/cds-hooks-sandbox/sandbox-request-" + hook + ".json"))
        .post(SERVICE)
        .then()
        .statusCode(400)
        .body("resourceType", equalTo("OperationOutcome"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acute-bronchitis",
        "asthma-emphysema",
        "chronic-pain",
        "heart-failure",
        "hypertension-allergies"
      })
  void everyBundledPatientGetsACardThatIsInTheLog(String patient) {
    String request =
        Tokens.session("clara").get("/console/patients/" + patient + "/request").asString();

    JsonPath answer = answer(request);

    List<String> probabilities =
        answer.getList(
            "cards.collectMany { it.suggestions ?: [] }"
                + ".collect { it.extension['org.medcue.probability'].toString() }");
    assertThat(probabilities).isNotEmpty().hasSizeLessThanOrEqualTo(5);
    assertThat(probabilities)
        .allSatisfy(p -> assertThat(Double.parseDouble(p)).isBetween(0.1, 1.0));
    String id = answer.getString("cards[0].extension['org.medcue.recommendation']");
    Tokens.bearer("olivia")
        .get("/api/recommendations/" + id)
        .then()
        .statusCode(200)
        .body("model.version", equalTo("2.1.0"));
  }

  /** Whether the log of the package tells of it is for {@link WholeLogIT} to say. */
  @Test
  void plantedRequestIsAnsweredAndABrokenOneRefused() {
    ObjectNode request = Planted.evidence(HookRequests.minimal());
    answer(request.toString());

    signed(SERVICE)
        .contentType(ContentType.JSON)
        .body(request.put("hook", Planted.NAME).toString())
        .post(SERVICE)
        .then()
        .statusCode(400);
  }

  @Test
  void healthNamesTheVersionThatAnswers() {
    JsonPath health = given().get("/health/ready").then().statusCode(200).extract().jsonPath();

    assertThat(
            health.getString(
                "checks.find { it.name == 'model' }.data.'medication-suggestions-visits'"))
        .isEqualTo("mrkpa/2.1.0");
  }

  @Test
  void bundledModelAnswersFromADialogueInEitherLanguage() {
    assertThat(signed("/cds-services").get("/cds-services").jsonPath().getList("services.id"))
        .containsExactly("medication-suggestions-visits", "medication-suggestions-dialogue");
    for (String language : List.of("en", "zh")) {
      signed(DIALOGUE)
          .contentType(ContentType.JSON)
          .header("Accept-Language", language)
          .body(recorded("/demo/reflux-dialogue.json"))
          .post(DIALOGUE)
          .then()
          .statusCode(200)
          .header("Content-Language", language)
          .body("cards.detail.join()", containsString("奥美拉唑"));
    }
  }

  @Test
  void startPageIsServed() {
    assertThat(Tokens.session("clara").get("/").then().statusCode(200).extract().asString())
        .contains("An EHR calls this service")
        .doesNotContain("id=\"order\"");
  }

  @Test
  void sessionTravelsOverHttpsAloneAndBrowsersAreToldSo() {
    assertThat(Tokens.signIn("clara").setCookies())
        .filteredOn(cookie -> cookie.startsWith("q_session_pages="))
        .isNotEmpty()
        .allMatch(cookie -> cookie.contains("Secure") && cookie.contains("HTTPOnly"));
    given()
        .get("/health/ready")
        .then()
        .header("Strict-Transport-Security", containsString("max-age="));
  }
}
