package org.medcue.serving;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.DIALOGUE;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.parse;
import static org.medcue.harness.HookRequests.patient;
import static org.medcue.harness.HookRequests.recorded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;

/** The bundled versions, as a first start loads them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
@TestProfile(BundledModelsTest.NoStub.class)
class BundledModelsTest {

  /** Loads what is assigned. */
  public static final class NoStub implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.arc.exclude-types", "org.medcue.harness.StubModels",
          "quarkus.arc.selected-alternatives", "org.medcue.harness.ListedServers");
    }
  }

  @Inject ActiveModels models;

  private static void call(String service, ObjectNode request) {
    given()
        .contentType(ContentType.JSON)
        .body(request.toString())
        .post(service)
        .then()
        .statusCode(200);
  }

  @Test
  void healthNamesWhatAnswersAndWhatShould() {
    JsonPath health = given().get("/health/ready").then().statusCode(200).extract().jsonPath();

    Map<String, String> model = health.getMap("checks.find { it.name == 'model' }.data");
    assertThat(model.get("medication-suggestions-visits"))
        .startsWith("mrkpa/")
        .isEqualTo(model.get("medication-suggestions-visits.assigned"));
    assertThat(model.get("medication-suggestions-dialogue"))
        .startsWith("ddn/")
        .isEqualTo(model.get("medication-suggestions-dialogue.assigned"));
    assertThat(model).containsEntry("device", "cpu");
    assertThat(model.keySet()).noneMatch(key -> key.endsWith(".problem"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"medication-suggestions-visits", "medication-suggestions-dialogue"})
  void versionsBringTheirTrainingProfiles(String service) {
    try (ModelLease lease = models.lease(service, "local", "p-1")) {
      assertThat(lease.model().profile()).isPresent();
    }
  }

  @Test
  void metricsTellOfVersionsAndNotOfPatients() {
    ObjectNode visits = parse(recorded("/demo/heart-failure.json"));
    call(SERVICE, visits);
    call(DIALOGUE, parse(recorded("/demo/reflux-dialogue.json")));

    String metrics = given().get("/metrics").then().statusCode(200).extract().asString();

    assertThat(metrics)
        .containsPattern("medcue_predictions_seconds_count\\{role=\"active\",version=\"mrkpa/")
        .containsPattern("medcue_predictions_seconds_count\\{role=\"active\",version=\"ddn/")
        .containsPattern("medcue_predictions_batch_count\\{version=\"mrkpa/")
        .containsPattern("medcue_predictions_waiting\\{version=\"mrkpa/[^}]*\\} 0")
        .containsPattern("medcue_model_memory_bytes\\{version=\"mrkpa/[^}]*\\} [1-9]")
        .containsPattern("medcue_process_resident_bytes [1-9]")
        .containsPattern("medcue_device\\{device=\"cpu\"\\} 1")
        .containsPattern("medcue_swaps_total\\{model=\"mrkpa\",outcome=\"done\"\\} 1")
        .contains("jvm_memory_used_bytes")
        .doesNotContain(patient(visits), "/cds-services", "tenant=");
  }
}
