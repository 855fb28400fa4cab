package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.context;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.order;
import static org.medcue.harness.HookRequests.patient;
import static org.medcue.harness.HookRequests.prefetch;
import static org.medcue.harness.HookRequests.recorded;
import static org.medcue.harness.HookRequests.searchset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.StubPredictor;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class OrderSelectTest {

  private static JsonPath answer(String request) {
    return given()
        .contentType(ContentType.JSON)
        .body(request)
        .post(SERVICE)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static List<String> offered(JsonPath answer) {
    return answer.getList(
        "cards.collectMany { it.suggestions ?: [] }.collect { it.extension['org.medcue.drug'] }");
  }

  @Test
  void discoveryDescribesTheService() {
    JsonPath discovery = given().get("/cds-services").then().statusCode(200).extract().jsonPath();

    assertThat(discovery.getString("services[0].hook")).isEqualTo("order-select");
    assertThat(discovery.getString("services[0].id")).isEqualTo("medication-suggestions-visits");
    assertThat(discovery.getString("services[0].usageRequirements")).contains("FHIR R4");
    assertThat(discovery.getMap("services[0].prefetch"))
        .containsOnlyKeys("patient", "conditions", "allergies", "encounters", "medications");
    assertThat(discovery.getMap("services[0].prefetch").toString())
        .doesNotContain("_include", "draftOrders", "selections");
  }

  @Test
  void recordedSandboxOrderSelectGetsACardThatFillsItsDraft() {
    JsonPath answer = answer(recorded("/cds-hooks-sandbox/sandbox-request-order-select.json"));

    assertThat(answer.getString("cards[0].summary")).hasSizeLessThan(140).contains("lisinopril");
    assertThat(answer.getString("cards[0].source.label")).isEqualTo("Medcue mrkpa 1.0.0");
    assertThat(answer.getString("cards[0].selectionBehavior")).isEqualTo("at-most-one");
    assertThat(answer.getString("cards[0].suggestions[0].actions[0].type")).isEqualTo("update");
    String order = "cards[0].suggestions[0].actions[0].resource.";
    assertThat(answer.getString(order + "id")).isEqualTo("request-123");
    assertThat(answer.getString(order + "intent")).isEqualTo("order");
    assertThat(answer.getString(order + "authoredOn")).isEqualTo("2026-11-22");
    assertThat(answer.getString(order + "medicationCodeableConcept.text")).contains("lisinopril");
    assertThat(answer.getString(order + "medicationCodeableConcept.coding[0].code"))
        .isEqualTo("314076");
    assertThat(answer.getString(order + "dosageInstruction[0].text")).isEqualTo("Take once daily.");
  }

  @Test
  void drugsOfAChartedAllergyAreWithheldInTheOpen() {
    JsonPath answer = answer(recorded("/cds-hooks-sandbox/sandbox-request-order-select.json"));

    assertThat(offered(answer))
        .doesNotContain(StubPredictor.PENICILLIN_V.value(), StubPredictor.AMOXICILLIN.value());
    assertThat(answer.getString("cards[0].detail"))
        .contains("**Withheld**", "penicillin V", "amoxicillin", "charted allergy: Penicillin");
  }

  @Test
  void atMostFiveDrugsAboveTheFloorAreOffered() {
    assertThat(offered(answer(minimal().toString())))
        .containsExactly("314076", "834061", "860975", "308182", "312961");
  }

  @Test
  void whatThePatientTakesIsARenewalOnACardOfItsOwn() {
    ObjectNode request = minimal();
    prefetch(request).set("medications", searchset(order(request, "m-1", "active", "860975")));

    JsonPath answer = answer(request.toString());

    assertThat(answer.getList("cards")).hasSize(2);
    assertThat(answer.getString("cards[1].suggestions[0].label"))
        .startsWith("Renew 24 HR metformin");
    assertThat(answer.getString("cards[1].detail")).contains("| renewal |");
    assertThat(answer.getString("cards[0].suggestions.label.toString()"))
        .doesNotContain("metformin");
  }

  @Test
  void draftedDrugIsNotOfferedAndItsDraftNotTouched() {
    ObjectNode request = minimal();
    ArrayNode entries = (ArrayNode) context(request).path("draftOrders").path("entry");
    entries.removeAll();
    entries.addObject().set("resource", order(request, "draft-1", "draft", "314076"));

    JsonPath answer = answer(request.toString());

    assertThat(offered(answer)).doesNotContain("314076").contains("860975");
    assertThat(answer.getList("cards[0].suggestions.actions.flatten().type"))
        .containsOnly("create");
    assertThat(answer.getString("cards[0].suggestions[0].actions[0].resource.subject.reference"))
        .isEqualTo("Patient/" + patient(request));
    assertThat(answer.getString("cards[0].suggestions[0].actions[0].resource.encounter.reference"))
        .isEqualTo("Encounter/" + context(request).path("encounterId").asText());
    assertThat(answer.getString("cards[0].detail")).contains("already among the draft orders");
  }

  @Test
  void anotherProductWithTheSameIngredientIsRemarkedOn() {
    ObjectNode request = minimal();
    prefetch(request).set("medications", searchset(order(request, "m-1", "active", "197884")));

    assertThat(answer(request.toString()).getString("cards[0].detail"))
        .contains("contains lisinopril, as does lisinopril 40 MG Oral Tablet");
  }

  @Test
  void draftedDrugWithoutAReadableCodeIsNamedAsNotChecked() {
    ObjectNode request = minimal();
    ObjectNode unread = order(request, "draft-2", "draft", "1");
    unread.putObject("medicationCodeableConcept").put("text", "the blue ones");
    ArrayNode entries = (ArrayNode) context(request).path("draftOrders").path("entry");
    entries.addObject().set("resource", unread);

    assertThat(answer(request.toString()).getString("cards[0].detail"))
        .contains("a drafted drug could not be read")
        .doesNotContain("blue ones");
  }

  @Test
  void selectionWithoutAMedicationOrderGetsNoCards() {
    ObjectNode request = minimal();
    ObjectNode service = order(request, "s-1", "draft", "1");
    service.removeAll();
    service.put("resourceType", "ServiceRequest").put("id", "s-1").put("status", "draft");
    ArrayNode entries = (ArrayNode) context(request).path("draftOrders").path("entry");
    entries.addObject().set("resource", service);
    context(request).putArray("selections").add("ServiceRequest/s-1");

    assertThat(answer(request.toString()).getMap("")).containsEntry("cards", List.of());
  }

  @Test
  void optionalElementsAreLeftOutRatherThanEmpty() {
    String body =
        given()
            .contentType(ContentType.JSON)
            .body(minimal().toString())
            .post(SERVICE)
            .then()
            .extract()
            .asString();

    assertThat(body).doesNotContain("null", "[]", "{}", "\"\"", "systemActions");
  }

  @Test
  void extensionsAnywhereAreTolerated() {
    ObjectNode request = minimal();
    request.putObject("extension").put("com.example.anything", 1);
    context(request).putObject("extension").putArray("com.example.more").add("x");
    prefetch(request).putObject("com.example.key").put("resourceType", "Basic");

    assertThat(offered(answer(request.toString()))).isNotEmpty();
  }

  @Test
  void everyCardAndSuggestionHasAUuidAndEveryReasonItsThreeParts() {
    JsonPath answer = answer(minimal().toString());

    assertThat(answer.getString("cards[0].uuid")).hasSize(36);
    assertThat(answer.getList("cards[0].suggestions.uuid"))
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    assertThat(
            answer.getList(
                "cards[0].overrideReasons.findAll { !it.code || !it.system || !it.display }"))
        .isEmpty();
  }

  @Test
  void nothingIsSuggestedForAPatientOfWhomOnlyTheNameIsKnown() {
    ObjectNode request = minimal();
    prefetch(request).retain("patient");

    JsonPath answer = answer(request.toString());

    assertThat(answer.getList("cards")).hasSize(1);
    assertThat(answer.getString("cards[0].summary"))
        .isEqualTo("No suggestion: nothing is known of this patient's visits");
    assertThat(answer.getString("cards[0].detail"))
        .contains("Encounters were not sent", "Conditions were not sent", "**Not checked**")
        .doesNotContain("**Checked**");
    assertThat(answer.getMap("cards[0]"))
        .containsKeys("source", "extension")
        .doesNotContainKeys("suggestions", "selectionBehavior");
    String id = answer.getString("cards[0].extension['org.medcue.recommendation']");
    Tokens.bearer("olivia").get("/api/recommendations/" + id).then().statusCode(200);
  }

  @Test
  void firstVisitIsSaidToHaveNoHistory() {
    assertThat(answer(minimal().toString()).getString("cards[0].detail"))
        .contains("No history: this is the first visit known");
  }
}
