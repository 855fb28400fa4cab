package org.medcue.cli;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.cli.Result.medcue;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.minimal;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.StubModels;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class ReplayCommandTest {

  private static Result replayOfCardsServedBy(double more) {
    StubModels.answerBy(Optional.of(StubModels.scoringHigher(more, StubModels.dosages())));
    try {
      String id =
          given()
              .contentType(ContentType.JSON)
              .body(minimal().toString())
              .post(SERVICE)
              .then()
              .statusCode(200)
              .extract()
              .path("cards[0].extension['org.medcue.recommendation']");
      return medcue(
          "replay",
          id,
          "--url",
          "http://localhost:" + RestAssured.port,
          "--token",
          Tokens.of("olivia"));
    } finally {
      StubModels.answerBy(Optional.empty());
    }
  }

  @Test
  void sameCardsAreIdentical() {
    Result same = replayOfCardsServedBy(0);

    assertThat(same.exit()).isZero();
    assertThat(same.out()).isEqualToIgnoringNewLines("identical, by mrkpa/1.0.0");
  }

  @Test
  void roundingIsSaidAndNoFault() {
    Result rounded = replayOfCardsServedBy(5e-5);

    assertThat(rounded.exit()).isZero();
    assertThat(rounded.out())
        .startsWith("the same but for rounding: the same scores within 0.0001, by mrkpa/1.0.0")
        .contains("/0/suggestions/0/extension/org.medcue.probability");
  }

  @Test
  void otherScoresAreAFault() {
    Result other = replayOfCardsServedBy(2e-4);

    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.out()).startsWith("DIFFERENT, by mrkpa/1.0.0");
  }
}
