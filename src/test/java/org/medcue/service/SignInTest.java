package org.medcue.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.medcue.harness.Browser;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;
import org.medcue.platform.Roles;

/** The code flow of the pages, at a real Keycloak. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class SignInTest {

  private static final String SESSION = "q_session_pages";

  @Test
  void browserIsSentToSignInWithPkceAndComesBackSignedIn() {
    Browser browser = Tokens.browser();

    HttpResponse<String> sent = browser.get("/");
    HttpResponse<String> page = browser.signIn("clara");

    assertThat(sent.statusCode()).isEqualTo(302);
    assertThat(Browser.location(sent))
        .contains("/realms/medcue/protocol/openid-connect/auth?")
        .contains("code_challenge_method=S256", "code_challenge=", "state=", "nonce=")
        .contains("response_type=code", "client_id=medcue");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Signed in as <strong>Clara Medcue</strong>");
  }

  @Test
  void browserComesBackToThePageThatItAskedFor() {
    Browser browser = Tokens.browser();

    HttpResponse<String> form = browser.open("/console/log");
    HttpResponse<String> callback =
        browser.get(Browser.location(browser.answerForm(form, "olivia")));

    assertThat(Browser.location(callback)).endsWith("/console/log");
  }

  @Test
  void sessionCookieIsOutOfReachOfScriptsAndOtherSites() {
    Browser browser = Tokens.signIn("clara");

    assertThat(browser.setCookies())
        .filteredOn(cookie -> cookie.startsWith("q_"))
        .filteredOn(cookie -> !cookie.contains("Max-Age=0"))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(cookie -> cookie.contains("HTTPOnly"))
        .allMatch(cookie -> cookie.contains("SameSite=Lax"))
        .allMatch(cookie -> cookie.contains("Path=/"));
    assertThat(browser.cookies().get(SESSION)).doesNotContain("clara").startsWith("ey");
  }

  @Test
  void answerWithAnotherStateIsRefused() {
    Browser browser = Tokens.browser();
    String callback = Browser.location(browser.answerForm(browser.open("/"), "clara"));

    HttpResponse<String> forged =
        browser.get(
            callback.replaceFirst("state=[^&]+", "state=00000000-0000-0000-0000-000000000000"));

    assertThat(forged.statusCode()).isEqualTo(401);
    assertThat(browser.cookies()).doesNotContainKey(SESSION);
  }

  @Test
  void answerInAnotherBrowserIsRefused() {
    Browser browser = Tokens.browser();
    String callback = Browser.location(browser.answerForm(browser.open("/"), "clara"));
    Browser other = Tokens.browser();

    HttpResponse<String> stolen = other.get(callback);

    assertThat(Browser.location(stolen)).contains("/openid-connect/auth?");
    assertThat(other.cookies()).doesNotContainKey(SESSION);
  }

  @Test
  void sessionEndsHereAndAtKeycloakWithSigningOut() {
    Browser browser = Tokens.signIn("clara");

    HttpResponse<String> out = browser.get("/console/sign-out");

    assertThat(Browser.location(out)).contains("/openid-connect/logout?", "id_token_hint=");
    assertThat(browser.cookies()).doesNotContainKey(SESSION);
    assertThat(browser.open(Browser.location(out)).body()).contains("kc-form-login");
  }

  @Test
  void roleTakenAwayIsGoneWithTheNextPage() {
    String name = Tokens.people().create(Roles.CLINICIAN, Roles.AUDITOR);
    Browser browser = Tokens.signIn(name);
    assertThat(browser.get("/console/log").statusCode()).isEqualTo(200);

    Tokens.people().removeRole(name, Roles.AUDITOR);

    HttpResponse<String> refused = browser.get("/console/log");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Content-Type").orElse("")).contains("text/html");
    assertThat(refused.body()).contains("Your roles do not allow this", "/console/sign-out");
    assertThat(browser.get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void sessionOfSomebodyDisabledEnds() {
    String name = Tokens.people().create(Roles.CLINICIAN);
    Browser browser = Tokens.signIn(name);

    Tokens.people().disable(name);

    HttpResponse<String> refused = browser.get("/");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("Sign in again");
    assertThat(browser.cookies()).doesNotContainKey(SESSION);
  }

  @Test
  void sessionCookieDoesNotOpenTheApi() {
    Tokens.session("olivia").get("/api/recommendations").then().statusCode(401);
  }

  @Test
  void alteredSessionCookieIsNoSession() {
    String cookie = Tokens.signIn("clara").cookies().get(SESSION);

    given()
        .redirects()
        .follow(false)
        .cookie(SESSION, cookie.substring(0, cookie.length() - 4) + "AAAA")
        .get("/")
        .then()
        .statusCode(oneOf(302, 401));
  }

  @Test
  void scriptOfAnEndedSessionIsToldInsteadOfRedirected() {
    given()
        .redirects()
        .follow(false)
        .header("X-Requested-With", "JavaScript")
        .get("/console/log")
        .then()
        .statusCode(499);
  }

  @Test
  void pagesOfOtherOriginsCannotPostWithTheSession() {
    for (String site : new String[] {"cross-site", "same-site"}) {
      Tokens.session("clara")
          .header("Sec-Fetch-Site", site)
          .contentType(ContentType.JSON)
          .body("{}")
          .post("/console/cards")
          .then()
          .statusCode(403);
    }
    Tokens.session("clara")
        .header("Origin", "http://evil.example")
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/console/cards")
        .then()
        .statusCode(403);
    Tokens.session("clara")
        .header("Sec-Fetch-Site", "same-origin")
        .contentType(ContentType.JSON)
        .body("{\"cards\":[]}")
        .post("/console/cards")
        .then()
        .statusCode(200);
  }
}
