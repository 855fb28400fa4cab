package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.cli.Result.medcue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditTrail;
import org.medcue.harness.AuditHeadResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.TrailLock;

/** The command against a trail that somebody with every right on the database has worked on. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuditHeadResource.class)
class AuditVerifyTest {

  @Inject AuditTrail trail;
  @Inject ObjectMapper json;

  @TempDir Path folder = Path.of("");

  private @Nullable TrailLock trailLock;
  private long last;

  /** Runs SQL as the owner with triggers switched off: who does this stops at nothing. */
  private static void tamper(String... statements) throws SQLException {
    try (Connection connection = PostgresResource.asOwner();
        Statement sql = connection.createStatement()) {
      sql.execute("set session_replication_role = replica");
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  private static long number(String query) throws SQLException {
    try (Connection connection = PostgresResource.asOwner();
        Statement sql = connection.createStatement();
        ResultSet result = sql.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static Result verify() {
    return medcue(
        "audit",
        "verify",
        "--head",
        AuditHeadResource.head(),
        "--key",
        AuditHeadResource.publicKey());
  }

  private static void broken(long row, String what) {
    Result result = verify();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).startsWith("Broken at row " + row + ": ").contains(what);
  }

  @BeforeEach
  void keepTheTrail() throws Exception {
    for (int i = 0; i < 20; i++) {
      trail.append(
          AuditEvent.of(AuditAction.FEEDBACK, Actor.client("north", "Practitioner/1"))
              .about("card/" + UUID.randomUUID()));
    }
    // Refusals of other tests may be on their way into the trail
    trailLock = TrailLock.hold();
    last = number("select max(seq) from audit_event");
    awaitHead();
    tamper("create table audit_kept as table audit_event");
  }

  /** The head is written behind the answer. */
  private void awaitHead() throws IOException, InterruptedException {
    for (int i = 0; i < 500; i++) {
      if (Files.exists(AuditHeadResource.head())
          && json.readTree(AuditHeadResource.head().toFile()).path("seq").asLong() == last) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("no head of row " + last);
  }

  @AfterEach
  void putTheTrailBack() throws SQLException {
    tamper(
        "truncate audit_event",
        "insert into audit_event select * from audit_kept",
        "drop table audit_kept");
    Objects.requireNonNull(trailLock).release();
  }

  @Test
  void untouchedTrailIsWhole() {
    Result result = verify();

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("Whole: " + last + " rows.", "Signed up to row " + last + ".");
  }

  @Test
  void oneChangedByteIsNamed() throws SQLException {
    long row = last - 15;
    tamper("update audit_event set actor = 'Practitioner/2' where seq = " + row);

    broken(row, "not what was written");
  }

  @Test
  void deletedRowIsNamed() throws SQLException {
    long row = last - 15;
    tamper("delete from audit_event where seq = " + row);

    broken(row, "missing");
  }

  @Test
  void swappedRowsAreNamed() throws SQLException {
    long row = last - 15;
    tamper(
        "update audit_event set seq = -1 where seq = " + row,
        "update audit_event set seq = " + row + " where seq = " + (row + 3),
        "update audit_event set seq = " + (row + 3) + " where seq = -1");

    broken(row, "not what was written");
  }

  @Test
  void lastTenRowsCutOffAreNamed() throws SQLException {
    tamper("delete from audit_event where seq > " + (last - 10));

    broken(last - 9, "the tail was cut: a signed head knows rows up to " + last);
  }

  @Test
  void withoutAHeadTheCommandSaysWhatItCannotSee() {
    Result result = medcue("audit", "verify");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("a tail that was cut goes unseen");
  }

  @Test
  void forgedHeadIsRefused() throws IOException {
    Path forged = folder.resolve("head.json");
    String head = Files.readString(AuditHeadResource.head());
    Files.writeString(forged, head.replace("\"seq\":" + last, "\"seq\":" + (last - 10)));

    medcue("audit", "verify", "--head", forged, "--key", AuditHeadResource.publicKey())
        .isOneLine("head.json", "was not signed with that key");
  }

  @Test
  void whatCannotBeReadIsSaidInOneLine() throws IOException {
    Path none = Files.writeString(folder.resolve("none"), "nothing");

    medcue("audit", "verify", "--head", none).isOneLine("--key");
    medcue("audit", "verify", "--head", none, "--key", AuditHeadResource.publicKey())
        .isOneLine("no signed head");
    medcue("audit", "verify", "--head", AuditHeadResource.head(), "--key", none)
        .isOneLine("no Ed25519 public key", "openssl");
    medcue("audit", "verify", "--database", "jdbc:postgresql://127.0.0.1:1/none")
        .isOneLine("no connection to the database");
  }
}
