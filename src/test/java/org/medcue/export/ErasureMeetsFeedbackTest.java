package org.medcue.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.export.Served.count;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.patient;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditEvent.PatientKey;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.TrailLock;

/**
 * Erasure and feedback about the same card at once; the trail is held so that both are under way.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ErasureMeetsFeedbackTest {

  @Inject PatientData patients;

  private final ExecutorService calls = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    calls.shutdown();
  }

  private Deletion.Count erase(ObjectNode request) {
    return patients.erase(
        new PatientKey("local", patient(request)),
        Actor.person("ada"),
        ErasureReason.of("consent-withdrawn").orElseThrow());
  }

  /** Transactions that wait for somebody and have touched cards or feedback. */
  private static void awaitWaiting(int number) throws SQLException, InterruptedException {
    String waiting =
        "(select distinct a.pid from pg_stat_activity a join pg_locks l on l.pid = a.pid"
            + " where a.wait_event_type = 'Lock' and l.relation in"
            + " ('served_card'::regclass, 'feedback_event'::regclass)) waiting";
    for (int i = 0; i < 500; i++) {
      if (count(waiting) == number) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("fewer than " + number + " transactions wait");
  }

  @Test
  void feedbackUnderWayIsErasedToo() throws Exception {
    ObjectNode request = minimal();
    Served served = Served.to(request);
    Future<?> feedback;
    Future<Deletion.Count> erasure;
    try (TrailLock trail = TrailLock.hold()) {
      feedback = calls.submit(() -> served.rejected("seen"));
      awaitWaiting(1);
      erasure = calls.submit(() -> erase(request));
      awaitWaiting(2);
      trail.release();
    }

    feedback.get();
    assertThat(erasure.get()).isEqualTo(new Deletion.Count(1, 1));
    assertThat(served.entries() + served.cards() + served.feedback()).isZero();
  }

  @Test
  void feedbackDuringAnErasureIsAnOrphan() throws Exception {
    ObjectNode request = minimal();
    Served served = Served.to(request);
    Future<?> feedback;
    Future<Deletion.Count> erasure;
    try (TrailLock trail = TrailLock.hold()) {
      erasure = calls.submit(() -> erase(request));
      awaitWaiting(1);
      feedback = calls.submit(() -> served.rejected("seen"));
      awaitWaiting(2);
      trail.release();
    }

    feedback.get();
    assertThat(erasure.get()).isEqualTo(new Deletion.Count(1, 0));
    assertThat(count("feedback_event where orphan and card_id = '" + served.card() + "'"))
        .isEqualTo(1);
    assertThat(served.feedback()).isEqualTo(1);
  }
}
