package org.medcue.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.medcue.export.Served.count;
import static org.medcue.harness.HookRequests.minimal;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
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
  void theTrailKeepsItsRowsAndGetsOne() throws SQLException {
    Served.to(minimal());
    long rows = count("audit_event");
    long purges = purges();

    purgeInDays(3651);

    assertThat(count("audit_event")).isEqualTo(rows + 1);
    assertThat(purges()).isEqualTo(purges + 1);
    assertThat(count("audit_event where action = 'purge' and details like '%\"contents\"%'"))
        .isPositive();
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
