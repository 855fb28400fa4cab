package org.medcue.harness;

import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Replicas of the package on one PostgreSQL, one Keycloak and one copy of the model registry. They
 * answer for visits only.
 */
public final class Replicas implements AutoCloseable {

  private static final String HEAD = "medcue.audit.head-file";

  private final PostgresResource postgres = new PostgresResource();
  private final KeycloakResource keycloak = new KeycloakResource();
  private final Map<String, String> common = new TreeMap<>();

  public Replicas() {
    common.putAll(postgres.start());
    common.putAll(keycloak.start());
    common.putAll(new AuditHeadResource().start());
    common.putAll(new SealingKeyResource().start());
    common.putAll(new RegistryResource().start());
    common.put("medcue.registry.initial.medication-suggestions-dialogue", "none");
    common.put("quarkus.log.console.format", Swaps.LOG_FORMAT);
  }

  /**
   * Starts one more.
   *
   * @param settings of its own
   */
  public ServiceProcess start(Path log, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> all = new TreeMap<>(common);
    all.put(HEAD, head(log).toString());
    all.putAll(settings);
    ServiceProcess replica = new ServiceProcess(all, log);
    try {
      replica.start();
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      replica.close();
      throw e;
    }
    return replica;
  }

  /** The signed head of the audit trail that the replica of a log writes. */
  public Path head(Path log) {
    return Path.of(Objects.requireNonNull(common.get(HEAD)))
        .resolveSibling(log.getFileName() + ".head.json");
  }

  /** After which time from now each of some replicas answers with a version; without the others. */
  public static Map<ServiceProcess, Duration> reached(
      String version, Duration patience, List<ServiceProcess> replicas)
      throws InterruptedException {
    Map<ServiceProcess, Duration> reached = new LinkedHashMap<>();
    long start = System.nanoTime();
    Duration passed = Duration.ZERO;
    while (reached.size() < replicas.size() && passed.compareTo(patience) <= 0) {
      for (ServiceProcess replica : replicas) {
        if (!reached.containsKey(replica) && ("mrkpa/" + version).equals(answering(replica))) {
          reached.put(replica, Duration.ofNanos(System.nanoTime() - start));
        }
      }
      Thread.sleep(20);
      passed = Duration.ofNanos(System.nanoTime() - start);
    }
    return reached;
  }

  private static String answering(ServiceProcess replica) {
    return String.valueOf(
        RestAssured.get(replica.uri("/health/ready"))
            .jsonPath()
            .getString("checks.find { it.name == 'model' }.data.'medication-suggestions-visits'"));
  }

  @Override
  public void close() {
    keycloak.stop();
    postgres.stop();
  }
}
