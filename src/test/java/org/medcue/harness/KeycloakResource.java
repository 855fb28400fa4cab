package org.medcue.harness;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/**
 * Starts a real Keycloak beside the tests of one run; only a test that asks for a token waits for
 * it. Medcue is told where it will be, and connects with the first request that needs it.
 */
public final class KeycloakResource implements QuarkusTestResourceLifecycleManager {

  /** Test classes see another copy of our classes than this one: system properties join both. */
  static final String STATE = "medcue.test.keycloak.state";

  static final String URL = "medcue.test.keycloak.url";
  static final String PASSWORD = "medcue.test.keycloak.password";
  static final String READY = "ready";

  private final Keycloak keycloak = new Keycloak();
  private final String clientSecret = UUID.randomUUID().toString();

  @Override
  public Map<String, String> start() {
    System.setProperty(STATE, "starting");
    System.setProperty(URL, keycloak.url());
    System.setProperty(PASSWORD, keycloak.adminPassword());
    Thread starting = new Thread(this::prepare, "keycloak");
    starting.setDaemon(true);
    starting.start();
    return Map.of(
        "quarkus.oidc.auth-server-url",
        keycloak.url() + "/realms/medcue",
        "quarkus.oidc.credentials.secret",
        clientSecret);
  }

  private void prepare() {
    try {
      keycloak.start();
      new People(keycloak.url(), keycloak.adminPassword()).prepare(clientSecret);
      System.setProperty(STATE, READY);
    } catch (IOException | InterruptedException | RuntimeException e) {
      System.setProperty(STATE, "failed: " + e);
    }
  }

  @Override
  public void stop() {
    try {
      keycloak.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
