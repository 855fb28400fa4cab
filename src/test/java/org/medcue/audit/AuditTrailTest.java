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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
import org.medcue.harness.TrailLock;
import org.medcue.platform.UnavailableException;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuditHeadResource.class)
class AuditTrailTest {

  @Inject AuditTrail trail;
  @Inject AuditSubjects subjects;
  @Inject AgroalDataSource database;

  private static AuditEvent event() {
    return event("Practitioner/1");
  }

  private static AuditEvent event(String actor) {
    return AuditEvent.of(AuditAction.FEEDBACK, Actor.client("north", actor))
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

  /** Rows of one actor: others may note something meanwhile. */
  private long rows(String actor) {
    return trail
        .find(AuditSearch.between(Optional.empty(), Optional.empty()), 0, Integer.MAX_VALUE)
        .stream()
        .filter(row -> row.actor().equals(actor))
        .count();
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
    trail.append(event("Practitioner/undone"));

    assertThatThrownBy(
        () ->
            QuarkusTransaction.requiringNew()
                .run(
                    () -> {
                      trail.append(event("Practitioner/undone"));
                      throw new IllegalStateException("the work failed");
                    }));

    assertThat(rows("Practitioner/undone")).isEqualTo(1);
    assertThat(check()).isInstanceOf(Whole.class);
  }

  @Test
  void manyAtOnceFormOneChain() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(
          clients.submit(
              () -> trail.append(event("Practitioner/many"), event("Practitioner/many"))));
    }
    for (Future<?> call : calls) {
      call.get();
    }
    clients.shutdown();

    assertThat(rows("Practitioner/many")).isEqualTo(128);
    assertThat(check()).isInstanceOf(Whole.class);
  }

  @Test
  void newPatientsNamedInTwoOrdersDoNotWaitForEachOther() throws Exception {
    List<AuditEvent> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.add(event("Practitioner/orders").patient("north", "p-order-" + i));
    }
    List<AuditEvent> reversed = new ArrayList<>(events);
    Collections.reverse(reversed);
    ExecutorService clients = Executors.newFixedThreadPool(2);
    try {
      for (Future<?> call :
          List.of(
              clients.submit(() -> trail.append(events)),
              clients.submit(() -> trail.append(reversed)))) {
        call.get();
      }
    } finally {
      clients.shutdown();
    }

    assertThat(rows("Practitioner/orders")).isEqualTo(400);
  }

  @Test
  void trailThatSomebodyHoldsIsNotWaitedForWithoutEnd() throws Exception {
    try (TrailLock lock = TrailLock.hold()) {
      assertThatThrownBy(() -> trail.append(event("Practitioner/late")))
          .isInstanceOf(UnavailableException.class);
      lock.release();
    }

    trail.append(event("Practitioner/late"));
    assertThat(rows("Practitioner/late")).isEqualTo(1);
  }

  @Test
  void patientErasedWhileBeingNotedGetsAnotherPseudonym() throws SQLException {
    asOwner(
        "create sequence erasures",
        "create function erase_once() returns trigger language plpgsql security definer as $$"
            + " begin if nextval('erasures') = 1 then"
            + " delete from audit_subject where id = new.id; end if; return null; end $$",
        "create trigger erase_once after insert on audit_subject for each row"
            + " when (new.patient_id = 'p-raced') execute function erase_once()");
    try {
      trail.append(event().patient("north", "p-raced"));
    } finally {
      asOwner(
          "drop trigger erase_once on audit_subject",
          "drop function erase_once",
          "drop sequence erasures");
    }

    assertThat(subjects.find("north", "p-raced")).isPresent();
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
