package org.medcue.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.audit.ChainCheck.Whole;
import org.medcue.harness.AuditHeadResource;
import org.medcue.harness.PostgresResource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuditHeadResource.class)
class AuditTrailTest {

  @Inject AuditTrail trail;
  @Inject AuditSubjects subjects;
  @Inject AgroalDataSource database;

  private static AuditEvent event() {
    return AuditEvent.of(AuditAction.FEEDBACK, Actor.client("north", "Practitioner/1"))
        .about("card/" + UUID.randomUUID())
        .detail("outcome", "accepted");
  }

  private static ChainCheck.Finding check() throws SQLException {
    try (Connection connection = PostgresResource.asOwner()) {
      return new StoredTrail(connection).check(List.of(), seq -> {});
    }
  }

  private static void asOwner(String... statements) throws SQLException {
    try (Connection connection = PostgresResource.asOwner();
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  private static long last() throws SQLException {
    return ((Whole) check()).rows();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_event set actor = 'nobody' where seq = 1",
        "delete from audit_event where seq = 1",
        "truncate audit_event"
      })
  void neitherTheServiceNorTheOwnerChangesARow(String statement) throws SQLException {
    trail.append(event());

    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      assertThatThrownBy(() -> sql.execute(statement)).hasMessageContaining("permission denied");
    }
    assertThatThrownBy(() -> asOwner(statement)).hasMessageContaining("append-only");
  }

  @Test
  void rolledBackWorkLeavesNoRow() throws SQLException {
    trail.append(event());
    long before = last();

    assertThatThrownBy(
        () ->
            QuarkusTransaction.requiringNew()
                .run(
                    () -> {
                      trail.append(event());
                      throw new IllegalStateException("the work failed");
                    }));

    assertThat(last()).isEqualTo(before);
  }

  @Test
  void manyAtOnceFormOneChain() throws Exception {
    trail.append(event());
    long before = last();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(clients.submit(() -> trail.append(event(), event())));
    }
    for (Future<?> call : calls) {
      call.get();
    }
    clients.shutdown();

    assertThat(last()).isEqualTo(before + 128);
  }

  @Test
  void erasedPatientLeavesTheChainWholeAndTheRowsBehind() throws SQLException {
    trail.append(event().patient("north", "p-erased"));
    UUID pseudonym = subjects.find("north", "p-erased").orElseThrow();
    assertThat(subjects.find("south", "p-erased")).as("another EHR's patient").isEmpty();

    assertThat(subjects.forget("north", "p-erased")).isTrue();

    assertThat(subjects.find("north", "p-erased")).isEmpty();
    assertThat(check()).isInstanceOf(Whole.class);
    trail.append(event().patient("north", "p-erased"));
    assertThat(subjects.find("north", "p-erased")).isPresent().isNotEqualTo(pseudonym);
  }
}
