package org.medcue.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.medcue.export.Served.count;
import static org.medcue.harness.HookRequests.minimal;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditTrail;
import org.medcue.feedback.FeedbackService;
import org.medcue.feedback.LoggedFeedback;
import org.medcue.harness.PostgresResource;
import org.medcue.platform.UnavailableException;
import org.medcue.platform.sealing.SealedStore;
import org.medcue.recommendation.RecommendationLog;

/** What the purge of a later day leaves. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DailyPurgeTest {

  @Inject SealedStore store;
  @Inject RecommendationLog log;
  @Inject FeedbackService feedback;
  @Inject Deletion deletion;
  @Inject AuditTrail audit;
  @Inject RetentionConfig retention;

  private void purgeInDays(long days) {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(days));
    new DailyPurge(store, log, feedback, deletion, audit, retention, later).run();
  }

  private static long purges() throws SQLException {
    return count("audit_event where action = 'purge' and actor = 'daily-purge'");
  }

  /** Details of a purge; 0 for the newest one. */
  private static String newestPurge(int back) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement();
        ResultSet row =
            sql.executeQuery(
                "select details from audit_event where action = 'purge'"
                    + " order by seq desc limit 1 offset "
                    + back)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(String statement) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement()) {
      sql.execute(statement);
    }
  }

  @Test
  void contentStaysForItsTime() throws SQLException {
    Served served = Served.to(minimal());

    purgeInDays(89);

    assertThat(served.contents()).isEqualTo(1);
  }

  @Test
  void contentExpiresAndTheEntryStays() throws SQLException {
    Served served = Served.to(minimal()).rejected("seen");

    purgeInDays(91);

    assertThat(served.contents()).isZero();
    assertThat(log.find(Actor.person("olivia"), served.id()).orElseThrow().clinical().content())
        .isEqualTo("expired");
    assertThat(served.cards()).isPositive();
    assertThat(feedback.of(List.of(served.card())))
        .extracting(LoggedFeedback::outcome, LoggedFeedback::words)
        .containsExactly(tuple("overridden", "expired"));
  }

  @Test
  void entriesExpireWithCardsAndFeedback() throws SQLException {
    Served served = Served.to(minimal()).rejected("seen");
    UUID unknown = UUID.randomUUID();
    Served.reject(unknown, "never served");

    purgeInDays(3651);

    assertThat(served.entries()).isZero();
    assertThat(served.cards()).isZero();
    assertThat(served.feedback()).isZero();
    assertThat(Served.feedback(unknown)).isZero();
    assertThat(count("sealed_value")).isZero();
    assertThat(count("served_suggestion")).isZero();
  }

  @Test
  void moreThanABatchExpiresInOneRun() throws SQLException {
    for (int i = 0; i < 205; i++) {
      Served.reject(UUID.randomUUID(), "word " + i);
    }

    purgeInDays(3651);

    assertThat(count("feedback_event where orphan")).isZero();
    assertThat(count("sealed_value")).isZero();
  }

  @Test
  void theTrailTellsOfWhatWasDeletedAndOfNothingElse() throws SQLException {
    Served.to(minimal());
    purgeInDays(3651);
    long purges = purges();
    Served.to(minimal()).rejected("seen");

    purgeInDays(3651);
    purgeInDays(3651);

    assertThat(purges()).isEqualTo(purges + 2);
    assertThat(newestPurge(1)).isEqualTo("{\"contents\":\"2\"}");
    assertThat(newestPurge(0)).isEqualTo("{\"feedback\":\"1\",\"recommendations\":\"1\"}");
  }

  @Test
  void aRunThatBreaksOffHasToldOfWhatItDeleted() throws SQLException {
    purgeInDays(3651);
    Served served = Served.to(minimal());
    long purges = purges();

    execute("alter table served_suggestion rename to served_suggestion_away");
    try {
      assertThatThrownBy(() -> purgeInDays(3651)).isInstanceOf(UnavailableException.class);
    } finally {
      execute("alter table served_suggestion_away rename to served_suggestion");
    }

    assertThat(served.contents()).isZero();
    assertThat(served.entries()).isEqualTo(1);
    assertThat(purges()).isEqualTo(purges + 1);
    assertThat(newestPurge(0)).isEqualTo("{\"contents\":\"1\"}");
  }

  @Test
  void theJobIsScheduledOnceForTheCluster() throws SQLException {
    assertThat(
            count(
                "qrtz_triggers t join qrtz_cron_triggers c using (sched_name, trigger_name)"
                    + " where t.job_name = 'daily-purge' and c.cron_expression = '0 30 2 * * ?'"))
        .isEqualTo(1);
  }
}
