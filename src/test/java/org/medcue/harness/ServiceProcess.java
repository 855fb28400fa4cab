package org.medcue.harness;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The package as it is delivered, in a process of its own that may be killed at any moment. */
public final class ServiceProcess implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final int port;
  private final Path log;
  private final List<String> command;
  private @Nullable Process process;

  /**
   * @param settings configuration, by the names of the properties
   * @param log gets what all its runs write
   */
  public ServiceProcess(Map<String, String> settings, Path log) throws IOException {
    this.port = freePort();
    this.log = log;
    // Each is started more often than it runs long
    this.command =
        new ArrayList<>(List.of("java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(
        List.of(
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.http.host=127.0.0.1",
            "-jar",
            "target/quarkus-app/quarkus-run.jar"));
    Files.deleteIfExists(log);
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Starts it, on the same port each time, and returns when it answers. */
  public void start() throws IOException, InterruptedException {
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .start();
    process = started;
    HttpRequest health =
        HttpRequest.newBuilder(uri("/health/live")).timeout(Duration.ofSeconds(5)).build();
    for (int i = 0; i < 600 && started.isAlive(); i++) {
      try {
        if (CLIENT.send(health, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // not yet
      }
      Thread.sleep(100);
    }
    throw new AssertionError(Files.readString(log));
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public Path log() {
    return log;
  }

  /** SIGKILL; it is to be waited for before it starts anew. */
  public Process kill() {
    return Objects.requireNonNull(process).destroyForcibly();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
