package org.medcue.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.Browser;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.LogRecorder;
import org.medcue.harness.OutputRecorder;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.RawHttp;
import org.medcue.harness.Tokens;
import org.medcue.platform.Roles;

/** The code flow of the pages, at a real Keycloak. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class SignInTest {

  private static final String SESSION = "q_session_pages";
  private static final Pattern STATE = Pattern.compile("[?&]state=([^&]+)");

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

  /** As a page of a sibling domain would have a browser send it, without asking first. */
  @Test
  void sessionCookieErasesNothingHoweverTheAddressIsWritten() throws Exception {
    for (String path : List.of("/api", "/api;x", "/api;", "/;/api", "//api", "/%61pi")) {
      try (RawHttp page = RawHttp.open()) {
        page.send(
            "POST "
                + path
                + "/patients/local/nobody/erasure HTTP/1.1\r\nHost: localhost\r\n"
                + Tokens.sessionCookies("adam")
                + "\r\nOrigin: https://evil.localhost\r\nSec-Fetch-Site: same-site\r\n"
                + "Content-Length: 22\r\n\r\n{\"reason\":\"objection\"}");

        assertThat(RawHttp.status(page.head())).as(path).isIn(400, 401, 403, 415);
      }
    }
  }

  @Test
  void bodyThatDoesNotSayWhatItIsIsRefused() throws Exception {
    try (RawHttp client = RawHttp.open()) {
      client.send(
          "POST /api/patients/local/nobody/erasure HTTP/1.1\r\nHost: localhost\r\n"
              + "Authorization: Bearer "
              + Tokens.of("adam")
              + "\r\nContent-Length: 22\r\n\r\n{\"reason\":\"objection\"}");

      assertThat(client.head()).startsWith("HTTP/1.1 415 ");
    }
  }

  @Test
  void answerOfTheServerIsQuotedInNoLog() throws Exception {
    String forged = "2026-11-23 08:00:00,000 INFO  [org.medcue] (main) Zaphrentis";
    String text = URLEncoder.encode("x\r\n" + forged, StandardCharsets.UTF_8);
    Browser browser = Tokens.browser();
    Matcher state = STATE.matcher(Browser.location(browser.get("/")));
    assertThat(state.find()).isTrue();

    try (LogRecorder log = LogRecorder.open()) {
      HttpResponse<String> refused =
          browser.get(
              "/console/signed-in?error=%1$s&error_description=%1$s&state=%2$s"
                  .formatted(text, state.group(1)));

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(log.lines()).noneMatch(line -> line.contains("Zaphrentis"));
      assertThat(log.lines()).anyMatch(line -> line.startsWith("A sign-in was not completed."));
    }
    assertThat(Files.readString(OutputRecorder.FILE)).doesNotContain("Zaphrentis");
  }

  @Test
  void codeThatKeycloakDoesNotKnowIsQuotedInNoLog() {
    Browser browser = Tokens.browser();
    Matcher state = STATE.matcher(Browser.location(browser.get("/")));
    assertThat(state.find()).isTrue();

    try (LogRecorder log = LogRecorder.open()) {
      HttpResponse<String> refused =
          browser.get("/console/signed-in?code=Zaphrentis%0d%0aX&state=" + state.group(1));

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(log.lines()).noneMatch(line -> line.contains("Zaphrentis"));
      assertThat(log.lines()).noneMatch(line -> line.contains("invalid_grant"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q_session_pages_chunk_x=a",
        "q_session_pages_chunk_x=a; q_session_pages_chunk_y=b",
        "q_session_pages_chunk_99999999999=a; q_session_pages_chunk_1=b",
        "q_session_x=a; q_auth_x=b",
        "q_auth_pages_s=|; q_auth_pages_s=a"
      })
  void cookieThatNobodySetIsNotThere(String cookies) throws Exception {
    try (LogRecorder log = LogRecorder.open()) {
      for (String path : List.of("/", "/console/log", "/console/signed-in?code=x&state=s")) {
        String answer =
            RawHttp.ask("GET " + path + " HTTP/1.1", "Host: localhost", "Cookie: " + cookies);

        assertThat(RawHttp.status(answer)).as(path).isIn(302, 401);
      }
      assertThat(log.lines()).noneMatch(line -> line.startsWith("A request failed"));
    }
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
