package org.medcue.cdshooks.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.medcue.cdshooks.trust.TrustFixture.CURVE;
import static org.medcue.cdshooks.trust.TrustFixture.OTHER;
import static org.medcue.cdshooks.trust.TrustFixture.REMOVED;
import static org.medcue.cdshooks.trust.TrustFixture.RSA;
import static org.medcue.cdshooks.trust.TrustFixture.URL;
import static org.medcue.cdshooks.trust.TrustFixture.call;
import static org.medcue.cdshooks.trust.TrustFixture.hook;
import static org.medcue.cdshooks.trust.TrustFixture.put;
import static org.medcue.cdshooks.trust.TrustFixture.token;
import static org.medcue.harness.EhrTokens.authenticated;
import static org.medcue.harness.EhrTokens.claims;
import static org.medcue.harness.EhrTokens.header;
import static org.medcue.harness.EhrTokens.keySet;
import static org.medcue.harness.EhrTokens.part;
import static org.medcue.harness.EhrTokens.signed;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.TrustRequired.PUBLIC_BASE;
import static org.medcue.tenant.TestTenants.settings;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.audit.Actor;
import org.medcue.harness.EhrTokens;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.TrustRequired;
import org.medcue.tenant.TenantService;

/** Whatever is wrong with a token, the answer is the same bare 401; why, only the service knows. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(TrustRequired.class)
class TokenAttacksTest {

  private static final String ISSUER = "https://ehr.attacked.example";
  private static final String OTHER_ISSUER = "https://ehr.other.example";
  private static final PublicJsonWebKey SMALL_CURVE = EhrTokens.curve("p256", "P-256");

  /** What a refused call without any token gets: the measure of all others. */
  private static String bare = "";

  @Inject TenantService tenants;
  @Inject Refusals refusals;

  /** Collects the reasons, as the audit trail does. */
  @Singleton
  static class Refusals {
    final List<RefusedCall> seen = new CopyOnWriteArrayList<>();

    void on(@Observes RefusedCall refused) {
      seen.add(refused);
    }
  }

  @BeforeEach
  void tenantsAreKnown() {
    if (tenants.find("attacked").isEmpty()) {
      put(tenants, "attacked", settings(ISSUER, keySet(CURVE, RSA, SMALL_CURVE)));
      put(tenants, "other", settings(OTHER_ISSUER, keySet(OTHER)));
      put(tenants, "disabled", settings("https://disabled.example", keySet(CURVE)));
      tenants.disable("disabled", Actor.person("test"), "test");
      bare = shape(hook().post(SERVICE));
    }
    refusals.seen.clear();
  }

  /** Status, names and values of the headers, and body. */
  private static String shape(Response response) {
    List<String> lines = new ArrayList<>();
    lines.add(response.statusLine());
    for (Header header : response.headers()) {
      lines.add(header.getName() + ": " + header.getValue());
    }
    lines.add(response.asString());
    return String.join("\n", lines);
  }

  private static long now() {
    return System.currentTimeMillis() / 1000;
  }

  private static Arguments claim(RefusalReason reason, String what, Map<String, ?> changes) {
    return arguments(reason, what, (Supplier<String>) () -> token(ISSUER, changes));
  }

  private static Arguments head(RefusalReason reason, String what, Map<String, ?> changes) {
    return arguments(reason, what, (Supplier<String>) () -> token(ISSUER, changes, Map.of()));
  }

  private static Arguments raw(RefusalReason reason, String what, Supplier<String> token) {
    return arguments(reason, what, token);
  }

  private static String goodHeader() {
    return JsonUtil.toJson(header("ES384", "curve"));
  }

  private static String goodClaims() {
    return JsonUtil.toJson(claims(ISSUER, URL));
  }

  /** A signature by the tenant's key over any texts. */
  private static String curve(String header, String claims) {
    return signed(header, claims, "ES384", CURVE);
  }

  private static String unsigned(String algorithm) {
    return part("{\"alg\":\"" + algorithm + "\",\"kid\":\"curve\",\"typ\":\"JWT\"}")
        + "."
        + part(goodClaims())
        + ".";
  }

  private static String withMember(String object, String member) {
    return "{" + member + "," + object.substring(1);
  }

  static Stream<Arguments> attacks() {
    return Stream.of(forms(), algorithms(), headers(), keys(), times(), claimsOfOthers())
        .flatMap(one -> one);
  }

  private static Stream<Arguments> forms() {
    RefusalReason malformed = RefusalReason.TOKEN_MALFORMED;
    return Stream.of(
        raw(malformed, "no JWT", () -> "secret"),
        raw(malformed, "two parts", () -> part(goodHeader()) + "." + part(goodClaims())),
        raw(malformed, "five parts (JWE)", () -> token(ISSUER, Map.of()) + ".a.b"),
        raw(malformed, "padding", () -> token(ISSUER, Map.of()) + "=="),
        raw(malformed, "characters beside Base64url", () -> token(ISSUER, Map.of()) + "!*"),
        raw(malformed, "standard Base64", () -> "+/" + token(ISSUER, Map.of())),
        raw(malformed, "header no JSON", () -> curve("alg=ES384", goodClaims())),
        raw(malformed, "header an array", () -> curve("[" + goodHeader() + "]", goodClaims())),
        raw(malformed, "claims no JSON", () -> curve(goodHeader(), "iss=" + ISSUER)),
        raw(malformed, "claims an array", () -> curve(goodHeader(), "[" + goodClaims() + "]")),
        raw(
            malformed,
            "claims nested and broken off",
            () -> curve(goodHeader(), "{\"a\":".repeat(500))),
        raw(
            malformed,
            "claim twice",
            () ->
                curve(goodHeader(), withMember(goodClaims(), "\"iss\":\"" + OTHER_ISSUER + "\""))),
        raw(
            malformed,
            "audience twice",
            () -> curve(goodHeader(), withMember(goodClaims(), "\"aud\":\"https://a.example\""))),
        raw(
            malformed,
            "header parameter twice",
            () -> curve(withMember(goodHeader(), "\"alg\":\"none\""), goodClaims())),
        raw(
            RefusalReason.TOKEN_CLAIMS,
            "expiry beyond any number",
            () -> curve(goodHeader(), goodClaims().replaceFirst("\"exp\":\\d+", "\"exp\":9e999"))),
        claim(RefusalReason.TOKEN_TOO_LONG, "9 KB", Map.of("sub", "x".repeat(6500))));
  }

  private static Stream<Arguments> algorithms() {
    RefusalReason algorithm = RefusalReason.TOKEN_ALGORITHM;
    byte[] publicKey = CURVE.getPublicKey().getEncoded();
    byte[] publicJwk = CURVE.toJson(OutputControlLevel.PUBLIC_ONLY).getBytes(UTF_8);
    String hmac = "{\"alg\":\"HS384\",\"kid\":\"curve\",\"typ\":\"JWT\"}";
    return Stream.of(
        raw(RefusalReason.TOKEN_MALFORMED, "none, unsigned", () -> unsigned("none")),
        raw(algorithm, "none, signed", () -> unsigned("none") + part("x")),
        raw(algorithm, "None", () -> unsigned("None") + part("x")),
        raw(algorithm, "NONE", () -> unsigned("NONE") + part("x")),
        raw(
            algorithm,
            "HMAC with the public key (DER)",
            () -> authenticated(hmac, goodClaims(), publicKey)),
        raw(
            algorithm,
            "HMAC with the public key (JWK)",
            () -> authenticated(hmac, goodClaims(), publicJwk)),
        raw(
            RefusalReason.SIGNATURE_INVALID,
            "HMAC said to be ES384",
            () -> authenticated(goodHeader(), goodClaims(), publicKey)),
        raw(
            algorithm,
            "ES256",
            () -> EhrTokens.token(header("ES256", "p256"), claims(ISSUER, URL), SMALL_CURVE)),
        raw(
            algorithm,
            "RS256",
            () -> EhrTokens.token(header("RS256", "rsa"), claims(ISSUER, URL), RSA)),
        raw(
            algorithm,
            "lower case",
            () -> curve(goodHeader().replace("ES384", "es384"), goodClaims())),
        raw(
            algorithm,
            "blank behind",
            () -> curve(goodHeader().replace("ES384", "ES384 "), goodClaims())),
        raw(algorithm, "no algorithm", () -> curve(goodHeader().replace("alg", "x"), goodClaims())),
        raw(
            algorithm,
            "a list",
            () -> curve(goodHeader().replace("\"ES384\"", "[\"ES384\"]"), goodClaims())),
        raw(
            algorithm,
            "key management",
            () -> curve(goodHeader().replace("ES384", "dir"), goodClaims())));
  }

  private static Stream<Arguments> headers() {
    RefusalReason wrong = RefusalReason.TOKEN_HEADER;
    Map<String, Object> own = OTHER.toParams(OutputControlLevel.PUBLIC_ONLY);
    return Stream.of(
        head(wrong, "no typ", Map.of("typ", REMOVED)),
        head(wrong, "another typ", Map.of("typ", "at+jwt")),
        head(wrong, "no kid", Map.of("kid", REMOVED)),
        head(wrong, "empty kid", Map.of("kid", "")),
        head(wrong, "number as kid", Map.of("kid", 7)),
        head(wrong, "crit", Map.of("crit", List.of("exp"))),
        head(wrong, "unencoded payload (b64)", Map.of("b64", false, "crit", List.of("b64"))),
        head(wrong, "b64 alone", Map.of("b64", false)),
        raw(
            wrong,
            "brings its key (jwk)",
            () -> {
              Map<String, Object> header = header("ES384", "other");
              header.put("jwk", own);
              return EhrTokens.token(header, claims(ISSUER, URL), OTHER);
            }),
        head(wrong, "certificate chain (x5c)", Map.of("x5c", List.of("MIIB"))),
        head(wrong, "certificate URL (x5u)", Map.of("x5u", "https://attacker.example/c")),
        head(wrong, "token in a token (cty)", Map.of("cty", "JWT")),
        head(wrong, "compressed", Map.of("zip", "DEF")),
        head(wrong, "jku a number", Map.of("jku", 1)),
        head(
            RefusalReason.JKU_NOT_LISTED,
            "jku of somebody else",
            Map.of("jku", "https://attacker.example/jwks.json")),
        head(
            RefusalReason.JKU_NOT_LISTED,
            "jku of the metadata service",
            Map.of("jku", "http://169.254.169.254/latest/meta-data")),
        head(RefusalReason.JKU_NOT_LISTED, "jku a file", Map.of("jku", "file:///etc/passwd")));
  }

  private static Stream<Arguments> keys() {
    RefusalReason unknown = RefusalReason.KEY_UNKNOWN;
    RefusalReason signature = RefusalReason.SIGNATURE_INVALID;
    return Stream.of(
        head(unknown, "unknown kid", Map.of("kid", "nobody")),
        head(unknown, "path as kid", Map.of("kid", "../../../../dev/null")),
        head(unknown, "SQL as kid", Map.of("kid", "x' or '1'='1")),
        head(unknown, "kid of another tenant", Map.of("kid", "other")),
        head(unknown, "kid of an RSA key", Map.of("kid", "rsa")),
        head(unknown, "kid of a key on another curve", Map.of("kid", "p256")),
        raw(
            unknown,
            "RS384 with kid of an EC key",
            () -> EhrTokens.token(header("RS384", "curve"), claims(ISSUER, URL), RSA)),
        raw(
            signature,
            "swapped kid: another tenant's key under one of ours",
            () -> EhrTokens.token(header("ES384", "curve"), claims(ISSUER, URL), OTHER)),
        raw(
            unknown,
            "another tenant in our name",
            () -> EhrTokens.token(header("ES384", "other"), claims(ISSUER, URL), OTHER)),
        raw(
            unknown,
            "we in another tenant's name",
            () -> EhrTokens.token(header("ES384", "curve"), claims(OTHER_ISSUER, URL), CURVE)),
        raw(
            signature,
            "claims changed after signing",
            () -> {
              String[] parts = token(ISSUER, Map.of()).split("\\.");
              return parts[0] + "." + part(goodClaims()) + "." + parts[2];
            }),
        raw(signature, "signature cut", () -> token(ISSUER, Map.of()).replaceFirst(".{4}$", "")),
        raw(
            signature,
            "signature of zeros (CVE-2022-21449)",
            () -> part(goodHeader()) + "." + part(goodClaims()) + "." + part(new byte[96])));
  }

  private static Stream<Arguments> times() {
    RefusalReason wrong = RefusalReason.TOKEN_CLAIMS;
    RefusalReason lifetime = RefusalReason.TOKEN_LIFETIME;
    long now = now();
    return Stream.of(
        claim(RefusalReason.TOKEN_EXPIRED, "expired", Map.of("iat", now - 400, "exp", now - 120)),
        claim(
            RefusalReason.TOKEN_EXPIRED,
            "expired just beyond the skew",
            Map.of("iat", now - 300, "exp", now - 62)),
        claim(wrong, "no expiry", Map.of("exp", REMOVED)),
        claim(wrong, "no issue time", Map.of("iat", REMOVED)),
        claim(wrong, "expiry a string", Map.of("exp", Long.toString(now + 300))),
        claim(wrong, "expiry a fraction", Map.of("exp", now + 300.5)),
        claim(wrong, "expiry negative", Map.of("exp", -1)),
        claim(wrong, "times in milliseconds", Map.of("iat", now * 1000, "exp", now * 1000 + 9)),
        claim(lifetime, "good for a day", Map.of("exp", now + 86_400)),
        claim(lifetime, "good for 301 seconds", Map.of("iat", now, "exp", now + 301)),
        claim(lifetime, "expires before it is issued", Map.of("iat", now + 30, "exp", now + 10)),
        claim(
            RefusalReason.TOKEN_NOT_YET_VALID,
            "issued in the future",
            Map.of("iat", now + 200, "exp", now + 400)),
        claim(
            RefusalReason.TOKEN_NOT_YET_VALID,
            "not before in the future",
            Map.of("nbf", now + 200)),
        claim(wrong, "not before a string", Map.of("nbf", "now")));
  }

  private static Stream<Arguments> claimsOfOthers() {
    RefusalReason wrong = RefusalReason.TOKEN_CLAIMS;
    RefusalReason audience = RefusalReason.TOKEN_AUDIENCE;
    return Stream.of(
        claim(RefusalReason.ISSUER_UNKNOWN, "unknown issuer", Map.of("iss", "https://x.example")),
        claim(
            RefusalReason.ISSUER_UNKNOWN,
            "issuer in other case",
            Map.of("iss", ISSUER.toUpperCase(Locale.ROOT))),
        claim(RefusalReason.ISSUER_UNKNOWN, "issuer with a slash", Map.of("iss", ISSUER + "/")),
        claim(
            RefusalReason.TENANT_DISABLED,
            "tenant shut out",
            Map.of("iss", "https://disabled.example")),
        claim(wrong, "no issuer", Map.of("iss", REMOVED)),
        claim(wrong, "list of issuers", Map.of("iss", List.of(ISSUER))),
        claim(audience, "no audience", Map.of("aud", REMOVED)),
        claim(audience, "another service's URL", Map.of("aud", "https://other.example" + SERVICE)),
        claim(audience, "the base only", Map.of("aud", PUBLIC_BASE)),
        claim(audience, "discovery's URL", Map.of("aud", PUBLIC_BASE + "/cds-services")),
        claim(audience, "the feedback's URL", Map.of("aud", URL + "/feedback")),
        claim(audience, "with a query", Map.of("aud", URL + "?x=1")),
        claim(audience, "with a slash", Map.of("aud", URL + "/")),
        claim(audience, "http for https", Map.of("aud", URL.replace("https", "http"))),
        claim(
            audience,
            "a list without our URL",
            Map.of("aud", List.of("https://a.example", PUBLIC_BASE))),
        claim(audience, "an empty list", Map.of("aud", List.of())),
        claim(audience, "an empty text", Map.of("aud", "")),
        claim(wrong, "audience a number", Map.of("aud", 1)),
        claim(wrong, "audience a list of lists", Map.of("aud", List.of(List.of(URL)))),
        claim(wrong, "no jti", Map.of("jti", REMOVED)),
        claim(wrong, "empty jti", Map.of("jti", "")),
        claim(wrong, "number as jti", Map.of("jti", 1)),
        claim(wrong, "jti of 256 characters", Map.of("jti", "j".repeat(256))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("attacks")
  void everyAttackGetsTheSameBare401(RefusalReason reason, String what, Supplier<String> token) {
    Response response = call(token.get());

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.asByteArray()).isEmpty();
    assertThat(shape(response)).isEqualTo(bare);
    assertThat(refusals.seen).extracting(RefusedCall::reason).containsExactly(reason);
  }

  @Test
  void bareRefusalTellsNothing() {
    Headers headers = hook().post(SERVICE).headers();

    assertThat(bare).startsWith("HTTP/1.1 401 Unauthorized");
    assertThat(headers.getValue("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(headers.getValue("Content-Length")).isEqualTo("0");
    assertThat(headers.hasHeaderWithName("Content-Type")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Basic YWxpY2U6YWxpY2U=",
        "Digest x",
        "TOKEN",
        "Bearer a b"
      })
  void otherCredentialsAreNone(String authorization) {
    String value = authorization.replace("TOKEN", token(ISSUER, Map.of()));

    assertThat(shape(hook().header("Authorization", value).post(SERVICE))).isEqualTo(bare);
    assertThat(refusals.seen)
        .extracting(RefusedCall::reason)
        .containsExactly(RefusalReason.NO_TOKEN);
  }

  @Test
  void twoTokensAreOneTooMany() {
    Response response =
        hook()
            .header("Authorization", "Bearer " + token(ISSUER, Map.of()))
            .header("Authorization", "Bearer " + token(ISSUER, Map.of()))
            .post(SERVICE);

    assertThat(shape(response)).isEqualTo(bare);
    assertThat(refusals.seen)
        .extracting(RefusedCall::reason)
        .containsExactly(RefusalReason.SEVERAL_TOKENS);
  }

  @Test
  void tokenIsGoodForOneCallOnly() {
    String token = token(ISSUER, Map.of());
    call(token).then().statusCode(200);

    assertThat(shape(call(token))).isEqualTo(bare);
    assertThat(refusals.seen)
        .containsExactly(
            new RefusedCall(
                Optional.of("attacked"),
                RefusalReason.TOKEN_REPLAYED,
                "POST",
                SERVICE,
                "127.0.0.1"));
  }

  @Test
  void identifierIsGoodOnceWhateverElseTheTokenSays() {
    call(token(ISSUER, Map.of("jti", "chosen-twice"))).then().statusCode(200);

    assertThat(shape(call(token(ISSUER, Map.of("jti", "chosen-twice", "sub", "x")))))
        .isEqualTo(bare);
  }

  @Test
  void refusedTokenUsesNoIdentifierUp() {
    call(EhrTokens.token(header("ES384", "curve"), jti("kept"), OTHER)).then().statusCode(401);

    call(EhrTokens.token(header("ES384", "curve"), jti("kept"), CURVE)).then().statusCode(200);
  }

  private static Map<String, Object> jti(String jti) {
    Map<String, Object> claims = claims(ISSUER, URL);
    claims.put("jti", jti);
    return claims;
  }

  @Test
  void unlistedJkuIsNeverRead() throws IOException {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer listener =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestURI().toString());
          byte[] keys = keySet(OTHER).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    listener.start();
    try {
      String base = "http://127.0.0.1:" + listener.getAddress().getPort();
      String listed = base + "/listed.json";
      put(
          tenants,
          "jku",
          settings("https://jku.example", keySet(CURVE), "'jkus': ['" + listed + "']"));
      for (String jku :
          List.of(
              base + "/jwks.json",
              listed + "?x=1",
              listed + "#x",
              base + "/%6cisted.json",
              base.replace("127.0.0.1", "localhost") + "/listed.json",
              base + "//listed.json",
              listed + "/../other")) {
        Map<String, Object> header = header("ES384", "other");
        header.put("jku", jku);
        Response response =
            call(EhrTokens.token(header, claims("https://jku.example", URL), OTHER));

        assertThat(shape(response)).as(jku).isEqualTo(bare);
      }
      assertThat(requests).isEmpty();
    } finally {
      listener.stop(0);
    }
  }
}
