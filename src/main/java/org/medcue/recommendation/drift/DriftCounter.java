package org.medcue.recommendation.drift;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.medcue.platform.UnavailableException;

/**
 * Counts answers in memory and adds them to the database every few seconds, on a thread of its own:
 * an answer never waits for it. A database that is away delays the counts and loses none; a process
 * that is killed loses those of the last seconds.
 */
@ApplicationScoped
public class DriftCounter {

  private static final Logger LOG = Logger.getLogger(DriftCounter.class);
  private static final int SECONDS_BETWEEN_FLUSHES = 10;
  private static final int SECONDS_BETWEEN_METRICS = 60;
  private static final int SECONDS_AT_THE_END = 5;

  private final DriftCounts counts = new DriftCounts();
  private final DriftTable table;
  private final DriftReports reports;
  private final DriftMetrics metrics;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "drift"));

  private boolean stored = true;

  DriftCounter(DriftTable table, DriftReports reports, DriftMetrics metrics, Clock clock) {
    this.table = table;
    this.reports = reports;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Counts an answer that is in the log. */
  public void count(DriftSample sample) {
    counts.add(today(), sample);
  }

  void start(@Observes StartupEvent start) {
    thread.scheduleWithFixedDelay(
        this::flush, SECONDS_BETWEEN_FLUSHES, SECONDS_BETWEEN_FLUSHES, TimeUnit.SECONDS);
    thread.scheduleWithFixedDelay(
        this::refreshMetrics, SECONDS_BETWEEN_FLUSHES, SECONDS_BETWEEN_METRICS, TimeUnit.SECONDS);
  }

  /** After the last answers, and while there is a database. */
  void end(@Observes @Priority(4_000) ShutdownEvent end) throws InterruptedException {
    thread.execute(this::flush);
    thread.shutdown();
    if (!thread.awaitTermination(SECONDS_AT_THE_END, TimeUnit.SECONDS)) {
      LOG.warn("The last counts of drift were not stored");
    }
  }

  /** Adds to the database what was counted since the last time. */
  synchronized void flush() {
    try {
      counts.flush(table::add);
      stored = true;
    } catch (RuntimeException e) {
      // Whatever it is, the next time comes; nothing in it tells of a patient
      if (stored) {
        LOG.warnf("The counts of drift wait for the database: %s", why(e));
      }
      stored = false;
    }
  }

  /** Shows what the database holds now. */
  void refreshMetrics() {
    try {
      LocalDate today = today();
      metrics.show(reports.all(today.minusDays(DriftReports.DAYS - 1), today));
    } catch (UnavailableException e) {
      LOG.debug("The metrics of drift are those of before: the database cannot be asked");
    } catch (RuntimeException e) {
      LOG.warnf("The metrics of drift are those of before: %s", why(e));
    }
  }

  private static String why(RuntimeException e) {
    return e.getClass().getName();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
