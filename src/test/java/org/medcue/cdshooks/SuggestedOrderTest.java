package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medcue.harness.FhirValidation;
import org.medcue.harness.HookRequests;
import org.medcue.harness.PostgresResource;

/** What an EHR stores when the doctor accepts must be FHIR R4. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SuggestedOrderTest {

  private static JsonNode suggestedOrder(String service, ObjectNode request) throws Exception {
    String answer =
        given().contentType(ContentType.JSON).body(request.toString()).post(service).asString();
    return new ObjectMapper().readTree(answer).at("/cards/0/suggestions/0/actions/0/resource");
  }

  @Test
  void updatedAndCreatedOrdersPassTheValidator() throws Exception {
    ObjectNode filled = HookRequests.minimal();
    ObjectNode added = HookRequests.minimal();
    ((ArrayNode) HookRequests.context(added).at("/draftOrders/entry"))
        .addObject()
        .set("resource", HookRequests.order(added, "draft-2", "draft", "313782"));
    HookRequests.context(added).putArray("selections").add("MedicationRequest/draft-2");

    for (JsonNode order :
        List.of(
            suggestedOrder(HookRequests.SERVICE, filled),
            suggestedOrder(HookRequests.SERVICE, added),
            suggestedOrder(HookRequests.DIALOGUE, HookRequests.dialogue("P:反酸")))) {
      assertThat(order.path("resourceType").asText()).isEqualTo("MedicationRequest");
      assertThat(FhirValidation.errors(order.toString())).isEmpty();
    }
  }
}
