package org.medcue.cdshooks.trust;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.medcue.cdshooks.trust.TrustFixture.CURVE;
import static org.medcue.cdshooks.trust.TrustFixture.OTHER;
import static org.medcue.cdshooks.trust.TrustFixture.RSA;
import static org.medcue.cdshooks.trust.TrustFixture.URL;
import static org.medcue.cdshooks.trust.TrustFixture.call;
import static org.medcue.cdshooks.trust.TrustFixture.hook;
import static org.medcue.cdshooks.trust.TrustFixture.put;
import static org.medcue.cdshooks.trust.TrustFixture.token;
import static org.medcue.harness.EhrTokens.keySet;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.TrustRequired.PUBLIC_BASE;
import static org.medcue.tenant.TestTenants.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.audit.Actor;
import org.medcue.harness.EhrTokens;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.TrustRequired;
import org.medcue.tenant.TenantService;
import org.medcue.tenant.TenantSettings;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(TrustRequired.class)
class TrustedCallsTest {

  private static final String ISSUER = "https://ehr.trusted.example";
  private static final String ORIGIN = "https://app.trusted.example";

  @Inject TenantService tenants;

  @BeforeEach
  void tenantIsKnown() {
    if (tenants.find("trusted").isEmpty()) {
      put(
          tenants,
          "trusted",
          settings(ISSUER, keySet(CURVE, RSA), "'origins': ['" + ORIGIN + "']"));
    }
  }

  @Test
  void es384IsTaken() {
    call(EhrTokens.token(ISSUER, URL, CURVE)).then().statusCode(200);
  }

  @Test
  void rs384IsTaken() {
    call(EhrTokens.token(ISSUER, URL, RSA)).then().statusCode(200);
  }

  @Test
  void listOfAudiencesWithTheUrlIsTaken() {
    call(token(ISSUER, Map.of("aud", List.of("https://other.example", URL))))
        .then()
        .statusCode(200);
  }

  @Test
  void furtherClaimsAreTaken() {
    long now = System.currentTimeMillis() / 1000;

    call(token(ISSUER, Map.of("nbf", now, "sub", "ehr", "tenant", "hospital 7", "x", List.of(1))))
        .then()
        .statusCode(200);
  }

  @Test
  void clockThatIsHalfAMinuteAheadIsTaken() {
    long ahead = System.currentTimeMillis() / 1000 + 30;

    call(token(ISSUER, Map.of("iat", ahead, "exp", ahead + 60))).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer ", "BEARER ", "Bearer   "})
  void schemeIsTakenInAnyCase(String scheme) {
    hook()
        .header("Authorization", scheme + EhrTokens.token(ISSUER, URL, CURVE))
        .post(SERVICE)
        .then()
        .statusCode(200);
  }

  @Test
  void queryIsNoPartOfTheAudience() {
    hook()
        .header("Authorization", "Bearer " + EhrTokens.token(ISSUER, URL, CURVE))
        .post(SERVICE + "?x=1")
        .then()
        .statusCode(200);
  }

  @Test
  void discoveryAndFeedbackTakeTokensOfTheirOwn() {
    given()
        .header("Authorization", "Bearer " + bearer("/cds-services"))
        .get("/cds-services")
        .then()
        .statusCode(200);
    given()
        .header("Authorization", "Bearer " + bearer(FEEDBACK))
        .contentType(ContentType.JSON)
        .body("{\"feedback\":[]}")
        .post(FEEDBACK)
        .then()
        .statusCode(200);
  }

  private static String bearer(String path) {
    return EhrTokens.token(ISSUER, PUBLIC_BASE + path, CURVE);
  }

  @Test
  void publicBaseOfTheTenantGoesBefore() {
    put(
        tenants,
        "proxied",
        settings(
            "https://proxied.example",
            keySet(CURVE),
            "'publicBase': 'https://proxy.example/medcue'"));

    call(EhrTokens.token("https://proxied.example", URL, CURVE)).then().statusCode(401);
    call(EhrTokens.token(
            "https://proxied.example", "https://proxy.example/medcue" + SERVICE, CURVE))
        .then()
        .statusCode(200);
  }

  @Test
  void listedJkuIsReadOnceAndAgainForANewKey() throws IOException {
    AtomicInteger reads = new AtomicInteger();
    HttpServer ehr =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ehr.createContext(
        "/jwks.json",
        exchange -> {
          reads.incrementAndGet();
          byte[] keys = keySet(CURVE).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    ehr.start();
    try {
      String jku = "http://127.0.0.1:" + ehr.getAddress().getPort() + "/jwks.json";
      String issuer = "https://remote.example";
      put(tenants, "remote", settings(issuer, keySet(OTHER), "'jkus': ['" + jku + "']"));

      call(token(issuer, Map.of("jku", jku), Map.of())).then().statusCode(200);
      call(token(issuer, Map.of("jku", jku), Map.of())).then().statusCode(200);
      call(token(issuer, Map.of("jku", jku, "kid", "unknown"), Map.of())).then().statusCode(401);

      assertThat(reads).hasValue(1);
      call(token(issuer, Map.of(), Map.of())).then().statusCode(401);
      call(EhrTokens.token(issuer, URL, OTHER)).then().statusCode(200);
    } finally {
      ehr.stop(0);
    }
  }

  @Test
  void redirectOfAListedJkuIsNotFollowed() throws IOException {
    AtomicInteger followed = new AtomicInteger();
    HttpServer ehr =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ehr.createContext(
        "/jwks.json",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere.json");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    ehr.createContext("/elsewhere.json", exchange -> followed.incrementAndGet());
    ehr.start();
    try {
      String jku = "http://127.0.0.1:" + ehr.getAddress().getPort() + "/jwks.json";
      String issuer = "https://redirected.example";
      put(tenants, "redirected", settings(issuer, keySet(OTHER), "'jkus': ['" + jku + "']"));

      call(token(issuer, Map.of("jku", jku), Map.of())).then().statusCode(401);

      assertThat(followed).hasValue(0);
    } finally {
      ehr.stop(0);
    }
  }

  @Test
  void shutOutTenantIsRefusedAtTheNextCall() {
    String issuer = "https://leaving.example";
    put(tenants, "leaving", settings(issuer, keySet(CURVE)));
    call(EhrTokens.token(issuer, URL, CURVE)).then().statusCode(200);

    tenants.disable("leaving", Actor.person("test"), "contract ended");

    call(EhrTokens.token(issuer, URL, CURVE)).then().statusCode(401);
  }

  @Test
  void dryRunLogsWhatItDoesNotShow() throws SQLException {
    String issuer = "https://trying.example";
    put(tenants, "trying", settings(issuer, keySet(CURVE), "'dryRun': true"));
    ObjectNode request = minimal();

    given()
        .contentType(ContentType.JSON)
        .header("Authorization", "Bearer " + EhrTokens.token(issuer, URL, CURVE))
        .body(request.toString())
        .post(SERVICE)
        .then()
        .statusCode(200)
        .body("cards.size()", equalTo(0));

    assertThat(logged(request)).isEqualTo("trying true true");
  }

  @Test
  void callIsLoggedUnderItsTenant() throws SQLException {
    ObjectNode request = minimal();
    given()
        .contentType(ContentType.JSON)
        .header("Authorization", "Bearer " + EhrTokens.token(ISSUER, URL, CURVE))
        .body(request.toString())
        .post(SERVICE)
        .then()
        .statusCode(200);

    assertThat(logged(request)).isEqualTo("trusted false true");
  }

  /** Tenant, dry-run, and whether cards were computed. */
  private static String logged(ObjectNode request) throws SQLException {
    try (Connection connection = PostgresResource.asOwner();
        Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery(
                "select r.tenant, r.dry_run, exists (select from served_card c where"
                    + " c.recommendation_id = r.id) from recommendation r where hook_instance = '"
                    + request.path("hookInstance").asText()
                    + "'")) {
      assertThat(row.next()).isTrue();
      return row.getString(1) + " " + row.getBoolean(2) + " " + row.getBoolean(3);
    }
  }

  @Test
  void tooManyCallsAreToldWhenToComeBack() {
    String issuer = "https://busy.example";
    put(tenants, "busy", limited(issuer, 1, 2));
    call(EhrTokens.token(issuer, URL, CURVE)).then().statusCode(200);
    call(EhrTokens.token(issuer, URL, CURVE)).then().statusCode(200);

    Response third = call(EhrTokens.token(issuer, URL, CURVE));

    third
        .then()
        .statusCode(429)
        .contentType(ContentType.JSON)
        .body("resourceType", equalTo("OperationOutcome"))
        .body("issue[0].code", equalTo("throttled"));
    assertThat(Integer.parseInt(third.header("Retry-After"))).isBetween(1, 60);
    call(EhrTokens.token(ISSUER, URL, CURVE)).then().statusCode(200);
  }

  private static TenantSettings limited(String issuer, int perMinute, int burst) {
    String json = "'requestsPerMinute': %d, 'burst': %d".formatted(perMinute, burst);
    return settings(issuer, keySet(CURVE), json);
  }

  @Test
  void raisedLimitCountsAtOnce() {
    String issuer = "https://growing.example";
    put(tenants, "growing", limited(issuer, 1, 1));
    call(EhrTokens.token(issuer, URL, CURVE)).then().statusCode(200);
    call(EhrTokens.token(issuer, URL, CURVE)).then().statusCode(429);

    put(tenants, "growing", limited(issuer, 60_000, 1000));

    call(EhrTokens.token(issuer, URL, CURVE)).then().statusCode(200);
  }

  @Test
  void tooManyCallsAreRefusedBeforeTheirBodyIsSent() throws IOException {
    String issuer = "https://flooding.example";
    put(tenants, "flooding", limited(issuer, 1, 1));
    call(EhrTokens.token(issuer, URL, CURVE)).then().statusCode(200);

    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + SERVICE
                      + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Authorization: Bearer "
                      + EhrTokens.token(issuer, URL, CURVE)
                      + "\r\nContent-Length: 5000000\r\n\r\n")
                  .getBytes(UTF_8));
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 429".length());

      assertThat(new String(answer, UTF_8)).isEqualTo("HTTP/1.1 429");
    }
  }

  @Test
  void preflightOfAListedOriginIsAnswered() {
    preflight(ORIGIN)
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", ORIGIN)
        .header("Access-Control-Allow-Headers", containsString("authorization"))
        .header("Access-Control-Allow-Headers", containsString("content-type"))
        .header("Access-Control-Allow-Methods", containsString("POST"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.trusted.example.attacker.example",
        "http://app.trusted.example",
        "https://app.trusted.example:8443",
        "https://APP.trusted.example",
        "null"
      })
  void preflightOfAnotherOriginIsNot(String origin) {
    preflight(origin).then().statusCode(401).header("Access-Control-Allow-Origin", nullValue());
  }

  private static Response preflight(String origin) {
    return given()
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization,content-type")
        .options(SERVICE);
  }

  @Test
  void browserOfTheTenantIsAnswered() {
    hook()
        .header("Origin", ORIGIN)
        .header("Authorization", "Bearer " + EhrTokens.token(ISSUER, URL, CURVE))
        .post(SERVICE)
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", ORIGIN);
  }

  @Test
  void browserAtTheOriginOfAnotherTenantIsRefused() {
    put(
        tenants,
        "elsewhere",
        settings("https://elsewhere.example", keySet(CURVE), "'origins': ['https://b.example']"));

    hook()
        .header("Origin", "https://b.example")
        .header("Authorization", "Bearer " + EhrTokens.token(ISSUER, URL, CURVE))
        .post(SERVICE)
        .then()
        .statusCode(401);
  }
}
