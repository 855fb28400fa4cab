package org.medcue.harness;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Real access tokens and sessions of the people of the tests: clara is a clinician, adam and ada
 * are admins, olivia is an auditor, norbert has no role. The first call waits for Keycloak.
 */
public final class Tokens {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Map<String, Browser> SESSIONS = new ConcurrentHashMap<>();

  private Tokens() {}

  /** A new access token. */
  public static String of(String name) {
    return of(name, People.CLIENT);
  }

  /** A new access token that a certain client asked for. */
  public static String of(String name, String client) {
    return people().token("medcue", client, name);
  }

  public static String ofOtherRealm(String name) {
    return people().token(People.OTHER_REALM, People.CLIENT, name);
  }

  /** A request to the API. */
  public static RequestSpecification bearer(String name) {
    return given().auth().oauth2(of(name));
  }

  /** A request from a page, by somebody who signed in once in this run. */
  public static RequestSpecification session(String name) {
    // Another service of this run listens elsewhere
    String key = RestAssured.port + name;
    Browser browser = SESSIONS.computeIfAbsent(key, k -> signIn(name));
    return given().redirects().follow(false).cookies(browser.cookies());
  }

  /** The header with the cookies of somebody who signed in once in this run. */
  public static String sessionCookies(String name) {
    return SESSIONS.computeIfAbsent(RestAssured.port + name, k -> signIn(name)).cookieHeader();
  }

  /** A browser in which somebody just signed in. */
  public static Browser signIn(String name) {
    Browser browser = browser();
    browser.signIn(name);
    return browser;
  }

  /** A browser that nobody used yet. */
  public static Browser browser() {
    String base = RestAssured.baseURI + ":" + RestAssured.port;
    people().allowRedirectsTo(base);
    return new Browser(base, property(KeycloakResource.PASSWORD));
  }

  public static People people() {
    awaitKeycloak();
    return new People(property(KeycloakResource.URL), property(KeycloakResource.PASSWORD));
  }

  private static void awaitKeycloak() {
    Instant end = Instant.now().plus(PATIENCE);
    while (!property(KeycloakResource.STATE).equals(KeycloakResource.READY)) {
      if (property(KeycloakResource.STATE).startsWith("failed") || Instant.now().isAfter(end)) {
        throw new IllegalStateException("Keycloak: " + property(KeycloakResource.STATE));
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }
}
