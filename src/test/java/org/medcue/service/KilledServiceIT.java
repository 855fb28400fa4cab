package org.medcue.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.audit.ChainCheck;
import org.medcue.harness.AuditHeadResource;
import org.medcue.harness.EhrTokens;
import org.medcue.harness.HookRequests;
import org.medcue.harness.Planted;
import org.medcue.harness.SealingKeyResource;
import org.medcue.harness.ServiceProcess;
import org.medcue.harness.TrailCheck;

/** The package and its PostgreSQL, both killed while an EHR sends feedback. */
class KilledServiceIT {

  private static final int KILLED_AFTER = 200;
  private static final int AFTERWARDS = 600;
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Kept for {@link WholeLogIT}. */
  static final Path LOG = Path.of("target", "killed-service.log");

  private static final String BASE = "https://medcue.example";
  private static final String ISSUER = "https://ehr.example";
  private static final PublicJsonWebKey KEY = EhrTokens.curve("key", "P-384");

  @TempDir Path folder = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<UUID> notAnswered = new ConcurrentLinkedQueue<>();
  private final Set<UUID> answered = ConcurrentHashMap.newKeySet();
  private int databasePort;
  private Path head = Path.of("");
  private @Nullable EmbeddedPostgres postgres;
  private @Nullable ServiceProcess service;

  @AfterEach
  void end() throws IOException {
    if (service != null) {
      service.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void everyAnsweredFeedbackIsThereAfterBothWereKilled() throws Exception {
    prepare();
    startPostgres();
    admitTheEhr();
    service().start();

    // These end with the service alone, so it is killed in the midst of their feedback
    ExecutorService clients = send(UUID::randomUUID);
    awaitAnswers(clients);
    killBoth();
    end(clients);
    assertThat(notAnswered).hasSize(CLIENTS);

    startPostgres();
    assertThat(stored()).as("before the service is back").containsAll(answered);
    service().start();
    int before = answered.size();
    Queue<UUID> more = new ConcurrentLinkedQueue<>(notAnswered);
    notAnswered.clear();
    while (more.size() < AFTERWARDS) {
      more.add(UUID.randomUUID());
    }
    end(send(more::poll));

    assertThat(answered).hasSize(before + AFTERWARDS);
    assertThat(stored()).containsAll(answered);
    assertThat(trail()).isInstanceOf(ChainCheck.Whole.class);
  }

  private void prepare() throws IOException {
    databasePort = ServiceProcess.freePort();
    Map<String, String> settings = new TreeMap<>(new AuditHeadResource().start());
    head = Path.of(Objects.requireNonNull(settings.get("medcue.audit.head-file")));
    settings.putAll(new SealingKeyResource().start());
    settings.put(
        "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres");
    settings.put("quarkus.datasource.username", "medcue_app");
    settings.put("quarkus.datasource.password", "medcue_app");
    settings.put("quarkus.flyway.username", "postgres");
    settings.put("quarkus.flyway.password", "postgres");
    settings.put("quarkus.oidc.auth-server-url", "http://127.0.0.1:1/realms/none");
    settings.put("quarkus.oidc.credentials.secret", "s".repeat(32));
    settings.put("medcue.registry.initial.medication-suggestions-visits", "none");
    settings.put("medcue.registry.initial.medication-suggestions-dialogue", "none");
    service = new ServiceProcess(settings, LOG);
  }

  private void startPostgres() throws Exception {
    if (postgres != null) {
      postgres.close();
    }
    IOException last = null;
    for (int i = 0; i < 20; i++) {
      try {
        postgres =
            EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(databasePort)
                .start();
        return;
      } catch (IOException e) {
        // The processes of the one that was killed may still be about to end
        last = e;
        Thread.sleep(500);
      }
    }
    throw new IllegalStateException("PostgreSQL did not come back", last);
  }

  private Connection owner() throws SQLException {
    return Objects.requireNonNull(postgres).getPostgresDatabase().getConnection();
  }

  /** Rows that an admin would make; the tables come with the first start of the service. */
  private void admitTheEhr() throws Exception {
    try (Connection owner = owner();
        Statement sql = owner.createStatement()) {
      sql.execute("create role medcue_app login password 'medcue_app'");
    }
    service().start();
    String settings =
        """
        {"name": "Hospital", "issuer": "%s", "keySet": %s, "jkus": [], "fhirServers": [],
         "origins": [], "publicBase": "%s", "requestsPerMinute": 100000, "burst": 10000,
         "dryRun": false, "enabled": true}
        """
            .formatted(ISSUER, EhrTokens.keySet(KEY), BASE);
    try (Connection owner = owner();
        PreparedStatement insert =
            owner.prepareStatement(
                "insert into tenant values ('hospital', ?, true, ?, 1, now())")) {
      insert.setString(1, ISSUER);
      insert.setString(2, settings);
      insert.executeUpdate();
    }
    service().kill().waitFor();
  }

  private ServiceProcess service() {
    return Objects.requireNonNull(service);
  }

  /** Clients that post until there is no card more, or each until it gets no answer. */
  private ExecutorService send(Supplier<@Nullable UUID> cards) {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
      clients.submit(
          () -> {
            UUID card;
            while ((card = cards.get()) != null) {
              if (post(card)) {
                answered.add(card);
              } else {
                // Sent again later, as an EHR would
                notAnswered.add(card);
                return;
              }
            }
          });
    }
    clients.shutdown();
    return clients;
  }

  private void awaitAnswers(ExecutorService clients) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (answered.size() < KILLED_AFTER) {
      assertThat(clients.isTerminated()).as("every client was left without an answer").isFalse();
      assertThat(System.nanoTime()).as("end of patience").isLessThan(end);
      Thread.sleep(5);
    }
  }

  private static void end(ExecutorService clients) throws InterruptedException {
    assertThat(clients.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private boolean post(UUID card) {
    String body =
        """
        {"feedback": [{"card": "%s", "outcome": "overridden",
          "outcomeTimestamp": "2026-11-23T08:00:00Z", "overrideReason": {"userComment": "%s"}}]}
        """
            .formatted(card, Planted.COMMENT);
    String path = HookRequests.FEEDBACK;
    HttpRequest request =
        HttpRequest.newBuilder(service().uri(path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + EhrTokens.token(ISSUER, BASE + path, KEY))
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void killBoth() throws Exception {
    String pid = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid")).get(0);
    Process killed = service().kill();
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    killed.waitFor();
  }

  private Set<UUID> stored() throws SQLException {
    Set<UUID> cards = new HashSet<>();
    try (Connection owner = owner();
        Statement sql = owner.createStatement();
        ResultSet rows = sql.executeQuery("select card_id from feedback_event")) {
      while (rows.next()) {
        cards.add(UUID.fromString(rows.getString(1)));
      }
    }
    return cards;
  }

  private ChainCheck.Finding trail() throws Exception {
    try (Connection owner = owner()) {
      return TrailCheck.of(owner, head);
    }
  }
}
