package org.medcue.service;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.People;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;
import org.medcue.platform.Roles;

/** Tokens for the API, of a real Keycloak. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class BearerTokenTest {

  private static ValidatableResponse ask(String token) {
    return given().auth().oauth2(token).get("/api/recommendations?size=1").then();
  }

  private static void isUnknown(ValidatableResponse response) {
    response
        .statusCode(401)
        .header("WWW-Authenticate", startsWith("Bearer"))
        .contentType("application/problem+json")
        .body("title", equalTo("Unauthorized"))
        .body("detail", containsString("access token"));
  }

  @Test
  void tokenWithTheRoleOpensTheLog() {
    ask(Tokens.of("olivia")).statusCode(200);
  }

  @Test
  void tokenWithAnotherRoleIsForbiddenInWords() {
    for (String name : List.of("clara", "adam", "norbert")) {
      ask(Tokens.of(name))
          .statusCode(403)
          .contentType("application/problem+json")
          .body("title", equalTo("Forbidden"))
          .body("detail", containsString("role"));
    }
  }

  @Test
  void withoutATokenTheApiSaysWhatToSend() {
    isUnknown(given().redirects().follow(false).get("/api/recommendations").then());
  }

  @Test
  void expiredTokenIsUnknown() throws InterruptedException {
    String token = Tokens.of("olivia", People.BRIEF_CLIENT);
    Thread.sleep(2100);

    isUnknown(ask(token));
  }

  @Test
  void garbageIsUnknown() {
    for (String token :
        List.of(
            "x",
            "a.b.c",
            "..",
            ".",
            "...a",
            "a..",
            " ",
            "eyJhbGciOiJSUzI1NiJ9.e30.",
            "a".repeat(5000))) {
      isUnknown(ask(token));
    }
  }

  @Test
  void tokenOfAnotherRealmIsUnknown() {
    isUnknown(ask(Tokens.ofOtherRealm("olivia")));
  }

  @Test
  void tokenForAnotherAudienceIsUnknown() {
    isUnknown(ask(Tokens.of("olivia", People.FOREIGN_CLIENT)));
  }

  @Test
  void tokenWithAnotherSignatureOrContentIsUnknown() {
    String[] parts = Tokens.of("clara").split("\\.");
    String claims = decode(parts[1]).replace("\"clinician\"", "\"auditor\"");
    String[] own = Tokens.of("olivia").split("\\.");

    isUnknown(ask(parts[0] + "." + encode(claims) + "." + parts[2]));
    isUnknown(ask(own[0] + "." + own[1] + "." + parts[2]));
    isUnknown(ask(own[0] + "." + own[1] + "."));
  }

  @Test
  void tokenWithoutAnAlgorithmIsUnknown() {
    String claims = Tokens.of("olivia").split("\\.")[1];

    for (String alg : List.of("none", "None", "HS256")) {
      String header = encode("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}");
      isUnknown(ask(header + "." + claims + "."));
      isUnknown(ask(header + "." + claims + "." + encode("x".repeat(32))));
    }
  }

  @Test
  void roleTakenAwayIsGoneWithTheNextRequest() {
    String name = Tokens.people().create(Roles.AUDITOR);
    String token = Tokens.of(name);
    ask(token).statusCode(200);

    Tokens.people().removeRole(name, Roles.AUDITOR);

    ask(token).statusCode(403);
  }

  @Test
  void tokenOfSomebodyDisabledIsUnknown() {
    String name = Tokens.people().create(Roles.AUDITOR);
    String token = Tokens.of(name);
    ask(token).statusCode(200);

    Tokens.people().disable(name);

    isUnknown(ask(token));
  }

  @Test
  void tokenOfAPersonNeitherHelpsNorHindersAnEhr() {
    given().auth().oauth2("x").get("/cds-services").then().statusCode(200);
  }

  private static String decode(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
