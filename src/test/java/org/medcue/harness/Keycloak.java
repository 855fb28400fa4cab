package org.medcue.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Keycloak with the realm that is shipped, on a port of its own and with a database in
 * memory. It is unpacked by the build, and made ready for starting by the first run.
 */
final class Keycloak {

  /** What a run of ours has no use for costs time to start. */
  private static final String UNUSED =
      "account,admin,ciba,device-flow,identity-brokering-api,impersonation,kerberos,organization,par,"
          + "passkeys,persistent-user-sessions,recovery-codes,stateless,update-email,web-authn,workflows";

  private static final Path FOLDER = Path.of("target/keycloak");
  static final Path REALM = Path.of("docker/keycloak/medcue-realm.json");
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String ADMIN_PASSWORD = UUID.randomUUID().toString();

  private final int port = freePort();
  private volatile @Nullable Process process;
  private volatile boolean stopped;

  String url() {
    return "http://127.0.0.1:" + port;
  }

  String adminPassword() {
    return ADMIN_PASSWORD;
  }

  /** Blocks until Keycloak answers. */
  void start() throws IOException, InterruptedException {
    Path home = home();
    if (!Files.exists(FOLDER.resolve("built"))) {
      Process build =
          script(
              home,
              "build.log",
              "build",
              "--db=dev-mem",
              "--health-enabled=false",
              "--metrics-enabled=false",
              "--features-disabled=" + UNUSED);
      if (build.waitFor() != 0) {
        throw new IllegalStateException("kc.sh build failed: see target/keycloak/build.log");
      }
      Files.createFile(FOLDER.resolve("built"));
    }
    Path imports = Files.createDirectories(home.resolve("data/import"));
    Files.copy(REALM, imports.resolve("medcue-realm.json"), StandardCopyOption.REPLACE_EXISTING);
    if (stopped) {
      return;
    }
    Process running =
        script(
            home,
            "start.log",
            "start",
            "--optimized",
            "--import-realm",
            "--cache=local",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname-strict=false");
    process = running;
    awaitAnswer(running);
  }

  private Process script(Path home, String log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/kc.sh").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(FOLDER.resolve(log).toFile());
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
    builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    Process started = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    return started;
  }

  private void awaitAnswer(Process running) throws InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest question =
        HttpRequest.newBuilder(
                URI.create(url() + "/realms/medcue/.well-known/openid-configuration"))
            .timeout(Duration.ofSeconds(10))
            .build();
    Instant end = Instant.now().plus(PATIENCE);
    while (running.isAlive() && Instant.now().isBefore(end)) {
      try {
        if (http.send(question, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // not listening yet
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("Keycloak does not answer: see target/keycloak/start.log");
  }

  void stop() throws InterruptedException {
    stopped = true;
    Process running = process;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(10, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    }
  }

  private static Path home() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("bin/kc.sh")))
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException("no Keycloak in target/keycloak: run mvn test"));
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
