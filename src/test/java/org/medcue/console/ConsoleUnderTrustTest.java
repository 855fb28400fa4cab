package org.medcue.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;
import org.medcue.harness.TrustRequired;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
@TestProfile(TrustRequired.class)
class ConsoleUnderTrustTest {

  @Test
  void whereCallsNeedATokenThePageHasNoButtonThatCannotWork() {
    assertThat(Tokens.session("clara").get("/").then().statusCode(200).extract().asString())
        .contains("An EHR calls this service", "mvn quarkus:dev")
        .doesNotContain("id=\"order\"", "id=\"patients\"", "class=\"step\"", "plays the EHR:");
  }

  @Test
  void auditorStillReadsTheLog() {
    assertThat(Tokens.session("olivia").get("/").then().statusCode(200).extract().asString())
        .contains("hx-get=\"/console/log\"", "An EHR calls this service");
  }
}
