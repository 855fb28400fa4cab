package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.medcue.harness.HookRequests;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class ParallelCallsTest {

  private static final int CALLS = 16;
  private static final List<String> PATIENTS =
      List.of(
          "heart-failure",
          "hypertension-allergies",
          "asthma-emphysema",
          "chronic-pain",
          "acute-bronchitis");

  /** What a card says, without the identifiers that are new each time. */
  private static String answer(String patient) {
    String visit = UUID.randomUUID().toString();
    String request =
        Tokens.session("clara")
            .get("/console/patients/" + patient + "/request?visit=" + visit)
            .asString();
    JsonPath answer =
        given()
            .contentType(ContentType.JSON)
            .body(request)
            .post(HookRequests.SERVICE)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    String details = answer.getList("cards.detail").toString().replace(visit, "");
    return answer.getList("cards.suggestions.extension")
        + answer.getString("cards.summary")
        + details;
  }

  @Test
  void callsAtTheSameTimeGetWhatEachGetsAlone() throws Exception {
    Map<String, String> alone = new HashMap<>();
    PATIENTS.forEach(patient -> alone.put(patient, answer(patient)));
    assertThat(alone.values()).doesNotHaveDuplicates();

    ExecutorService clients = Executors.newFixedThreadPool(CALLS);
    try {
      List<Future<String>> together = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        String patient = PATIENTS.get(i % PATIENTS.size());
        together.add(clients.submit(() -> answer(patient)));
      }
      for (int i = 0; i < CALLS; i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(PATIENTS.get(i % PATIENTS.size())));
      }
    } finally {
      clients.shutdownNow();
    }
  }
}
