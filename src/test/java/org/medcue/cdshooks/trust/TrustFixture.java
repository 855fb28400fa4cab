package org.medcue.cdshooks.trust;

import static io.restassured.RestAssured.given;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.TrustRequired.PUBLIC_BASE;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.medcue.audit.Actor;
import org.medcue.harness.EhrTokens;
import org.medcue.tenant.Tenant;
import org.medcue.tenant.TenantService;
import org.medcue.tenant.TenantSettings;

/** Keys of the tests' EHRs, and calls with any token. */
final class TrustFixture {

  static final PublicJsonWebKey CURVE = EhrTokens.curve("curve", "P-384");
  static final PublicJsonWebKey RSA = EhrTokens.rsa("rsa", 2048);
  static final PublicJsonWebKey OTHER = EhrTokens.curve("other", "P-384");
  static final String URL = PUBLIC_BASE + SERVICE;

  private TrustFixture() {}

  /** Adds a tenant, or gives it these settings. */
  static Tenant put(TenantService tenants, String id, TenantSettings settings) {
    Actor admin = Actor.person("test");
    return tenants
        .find(id)
        .map(known -> tenants.change(id, known.version(), settings, admin, "test"))
        .orElseGet(() -> tenants.add(id, settings, admin, "test"));
  }

  /** A hook call. */
  static Response call(String token) {
    return hook().header("Authorization", "Bearer " + token).post(SERVICE);
  }

  static RequestSpecification hook() {
    return given().contentType(ContentType.JSON).body(minimal().toString());
  }

  /** A good token for the hook, with some claims changed; null takes one away. */
  static String token(String issuer, Map<String, ?> changes) {
    return token(issuer, Map.of(), changes);
  }

  /** A good token for the hook, with some header parameters and claims changed. */
  static String token(String issuer, Map<String, ?> header, Map<String, ?> claims) {
    Map<String, Object> head = EhrTokens.header("ES384", CURVE.getKeyId());
    head.putAll(header);
    Map<String, Object> body = EhrTokens.claims(issuer, URL);
    body.putAll(claims);
    body.values().removeIf(REMOVED::equals);
    head.values().removeIf(REMOVED::equals);
    return EhrTokens.token(head, body, CURVE);
  }

  /** In place of a value: the element is left out. */
  static final String REMOVED = "(removed)";
}
