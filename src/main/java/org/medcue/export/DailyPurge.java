package org.medcue.export;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditTrail;
import org.medcue.feedback.FeedbackService;
import org.medcue.platform.Database;
import org.medcue.platform.sealing.SealedStore;
import org.medcue.recommendation.RecommendationLog;

/**
 * Deletes what has expired, once a day in the whole cluster. Each batch is a transaction of its
 * own, so that no hook call waits for it; the audit trail stays as it is and gets an event in the
 * same transaction, so that nothing goes without one.
 */
@ApplicationScoped
class DailyPurge {

  static final String JOB = "daily-purge";

  private static final Logger LOG = Logger.getLogger(DailyPurge.class);
  private static final int BATCH = 200;

  private final SealedStore store;
  private final RecommendationLog log;
  private final FeedbackService feedback;
  private final Deletion deletion;
  private final AuditTrail audit;
  private final RetentionConfig retention;
  private final Clock clock;

  DailyPurge(
      SealedStore store,
      RecommendationLog log,
      FeedbackService feedback,
      Deletion deletion,
      AuditTrail audit,
      RetentionConfig retention,
      Clock clock) {
    this.store = store;
    this.log = log;
    this.feedback = feedback;
    this.deletion = deletion;
    this.audit = audit;
    this.retention = retention;
    this.clock = clock;
  }

  /** Runs to the end, however much there is. What a run that broke off left, the next one finds. */
  @Scheduled(
      identity = JOB,
      cron = "{medcue.retention.purge-cron}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void run() {
    Instant now = clock.instant();
    Instant contentLimit = now.minus(retention.evidence());
    Instant entryLimit = now.minus(retention.recommendations());
    long contents = inBatches("contents", () -> store.deleteOlderThan(contentLimit, BATCH));
    Deletion.Count entries = entries(entryLimit);
    long orphans = inBatches("feedback", () -> feedback.forgetOrphans(entryLimit, BATCH));
    LOG.infof(
        "Expired and deleted: %d contents, %d log entries, %d feedback events",
        contents, entries.recommendations(), entries.feedback() + orphans);
  }

  private Deletion.Count entries(Instant limit) {
    Deletion.Count all = Deletion.Count.NONE;
    Deletion.Count batch;
    do {
      batch =
          Database.inTransaction(
              "the recommendation log", () -> deleteEntries(log.servedBefore(limit, BATCH)));
      all = all.plus(batch);
    } while (batch.recommendations() == BATCH);
    return all;
  }

  private Deletion.Count deleteEntries(List<UUID> ids) {
    Deletion.Count deleted = deletion.delete(ids);
    if (deleted.recommendations() > 0) {
      audit.append(
          event()
              .detail("recommendations", deleted.recommendations())
              .detail("feedback", deleted.feedback()));
    }
    return deleted;
  }

  private long inBatches(String what, LongSupplier batch) {
    long all = 0;
    long deleted;
    do {
      deleted = Database.inTransaction("what has expired", () -> delete(what, batch));
      all += deleted;
    } while (deleted == BATCH);
    return all;
  }

  private long delete(String what, LongSupplier batch) {
    long deleted = batch.getAsLong();
    if (deleted > 0) {
      audit.append(event().detail(what, deleted));
    }
    return deleted;
  }

  private static AuditEvent event() {
    return AuditEvent.of(AuditAction.PURGE, Actor.system(JOB));
  }
}
