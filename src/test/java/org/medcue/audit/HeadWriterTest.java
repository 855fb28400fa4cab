package org.medcue.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.audit.HeadWriter.State;
import org.medcue.harness.AuditHeadResource;
import org.medcue.harness.PostgresResource;
import org.medcue.platform.Database;

/** A replica of its own beside the one under test. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuditHeadResource.class)
class HeadWriterTest {

  @Inject AuditTrail trail;
  @Inject AuditRepository repository;
  @Inject ObjectMapper json;
  @Inject Clock clock;

  @TempDir Path folder = Path.of("");

  private final Path key =
      Path.of(ConfigProvider.getConfig().getValue("medcue.audit.signing-key", String.class));
  private AuditHead last = new AuditHead(0, AuditRecord.GENESIS);

  @BeforeEach
  void append() {
    trail.append(AuditEvent.of(AuditAction.PURGE, Actor.system("test")));
    last =
        Database.inTransaction("the test", repository::last)
            .map(row -> new AuditHead(row.seq(), row.hash()))
            .orElseThrow();
  }

  private HeadWriter replica(Path file) {
    AuditConfig config =
        new AuditConfig() {
          @Override
          public Optional<Path> headFile() {
            return Optional.of(file);
          }

          @Override
          public Optional<Path> signingKey() {
            return Optional.of(key);
          }
        };
    HeadWriter replica = new HeadWriter(config, repository, json, clock);
    replica.start(new StartupEvent());
    return replica;
  }

  private HeadFile file(String name) {
    return new HeadFile(folder.resolve(name), HeadKeys.privateKey(key), json);
  }

  private void publish(HeadWriter replica) throws InterruptedException {
    replica.publish(last);
    replica.end(new ShutdownEvent());
  }

  @AfterEach
  void nothingIsLeftHalfWritten() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".next"));
    }
  }

  @Test
  void headIsWrittenAndTakenUpByTheNextRun() throws Exception {
    publish(replica(folder.resolve("head.json")));

    assertThat(file("head.json").read()).contains(last);
    append();
    HeadWriter next = replica(folder.resolve("head.json"));
    publish(next);
    assertThat(next.state()).isEqualTo(State.GOOD);
    assertThat(file("head.json").read()).contains(last);
  }

  @Test
  void headOfRowsThatAreGoneIsKeptHoweverManyFollow() throws Exception {
    AuditHead gone = new AuditHead(last.seq() - 1, "ab".repeat(32));
    file("head.json").write(gone, clock.instant());

    HeadWriter replica = replica(folder.resolve("head.json"));
    assertThat(replica.state()).isEqualTo(State.TRAIL_BROKEN);
    publish(replica);

    assertThat(file("head.json").read()).contains(gone);
  }

  @Test
  void whatIsNoHeadOfOursIsNotReplaced() throws Exception {
    Path file = Files.writeString(folder.resolve("head.json"), "{}");

    HeadWriter replica = replica(file);
    assertThat(replica.state()).isEqualTo(State.TRAIL_BROKEN);
    publish(replica);

    assertThat(file).hasContent("{}");
  }

  @Test
  void headThatCannotBeWrittenIsTriedAgain() throws Exception {
    Path missing = folder.resolve("missing");
    HeadWriter replica = replica(missing.resolve("head.json"));
    replica.publish(last);
    await(replica, State.NOT_WRITTEN);

    Files.createDirectory(missing);

    await(replica, State.GOOD);
    assertThat(file("missing/head.json").read()).contains(last);
  }

  private static void await(HeadWriter replica, State state) throws InterruptedException {
    for (int i = 0; i < 500 && replica.state() != state; i++) {
      Thread.sleep(10);
    }
    assertThat(replica.state()).isEqualTo(state);
  }
}
