package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.prefetch;
import static org.medcue.harness.HookRequests.searchset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.medcue.harness.PostgresResource;

/** CDS Hooks knows five states of a prefetch key; each means something else. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PrefetchStatesTest {

  private static ValidatableResponse post(ObjectNode request) {
    return given().contentType(ContentType.JSON).body(request.toString()).post(SERVICE).then();
  }

  private static String detail(ObjectNode request) {
    return post(request).statusCode(200).extract().jsonPath().getString("cards[0].detail");
  }

  private static ObjectNode failed(ObjectNode request, String key) {
    prefetch(request).putObject(key).put("resourceType", "OperationOutcome");
    return request;
  }

  @Test
  void absentKeyIsNamedAsNotSent() {
    ObjectNode request = minimal();
    prefetch(request).remove("encounters");

    assertThat(detail(request)).contains("Encounters were not sent: history may be incomplete");
  }

  @Test
  void nullMeansThatThereIsNothing() {
    assertThat(detail(minimal())).doesNotContain("not sent");
  }

  @Test
  void bundleIsRead() {
    ObjectNode request = minimal();
    prefetch(request).set("allergies", searchset());

    assertThat(detail(request)).contains("allergies (none charted)").doesNotContain("Allergies");
  }

  @Test
  void bundleWithFurtherPagesIsNamedAsCutOff() {
    ObjectNode request = minimal();
    ObjectNode bundle = searchset();
    bundle.putArray("link").addObject().put("relation", "next").put("url", "http://ehr.test/2");
    prefetch(request).set("conditions", bundle);

    assertThat(detail(request)).contains("Only a part of conditions was read");
  }

  @Test
  void failedQueryIsNamedAsSuch() {
    assertThat(detail(failed(minimal(), "allergies")))
        .contains("Allergies could not be read from the EHR", "the list was not sent");
  }

  @Test
  void absentPatientIsAFailedPrecondition() {
    ObjectNode request = minimal();
    prefetch(request).remove("patient");

    post(request).statusCode(412);
    assertThat(post(request).extract().jsonPath().getString("issue[0].expression[0]"))
        .isEqualTo("prefetch.patient");
  }

  @Test
  void failedPatientQueryIsAFailedPrecondition() {
    post(failed(minimal(), "patient")).statusCode(412);
  }

  @Test
  void noPrefetchAtAllIsAFailedPrecondition() {
    ObjectNode request = minimal();
    request.remove("prefetch");

    post(request).statusCode(412);
  }
}
