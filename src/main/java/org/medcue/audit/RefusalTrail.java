package org.medcue.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.medcue.platform.UnavailableException;

/**
 * Brings refusals into the trail, equal ones of a second as one row with their number, and of many
 * kinds no more than a row a second: whoever hammers at the door must not fill what is never
 * purged, nor wait for it.
 */
@ApplicationScoped
public class RefusalTrail {

  private static final Logger LOG = Logger.getLogger(RefusalTrail.class);

  /** Rows at once after a quiet minute; a second brings one more. */
  private static final int BURST = 60;

  /** Kinds in memory; what is more is counted without saying what it was. */
  private static final int MOST_KINDS = 200;

  private static final Refusal OTHERS =
      new Refusal(Actor.system("medcue"), "further-refusals", "any", "many", "");

  private final AuditTrail trail;
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "refusals"));
  private Map<Refusal, Long> waiting = new HashMap<>();
  private int rowsLeft = BURST;

  RefusalTrail(AuditTrail trail) {
    this.trail = trail;
  }

  void start(@Observes StartupEvent start) {
    writer.scheduleWithFixedDelay(this::flush, 1, 1, TimeUnit.SECONDS);
  }

  /** Before the last head is written. */
  void end(@Observes @Priority(1_000) ShutdownEvent end) {
    writer.shutdownNow();
    flush();
  }

  /** Notes a refusal; it is in the trail about a second later. */
  public void report(Refusal refusal) {
    note(refusal, 1);
  }

  private synchronized void note(Refusal refusal, long count) {
    boolean room = waiting.size() < MOST_KINDS || waiting.containsKey(refusal);
    waiting.merge(room ? refusal : OTHERS, count, Long::sum);
  }

  private void flush() {
    Map<Refusal, Long> noted = take();
    if (noted.isEmpty()) {
      return;
    }
    List<AuditEvent> events = new ArrayList<>();
    noted.forEach((refusal, count) -> events.add(refusal.event(count)));
    try {
      trail.append(events);
      LOG.infof(
          "Refused %d calls, see the audit trail",
          noted.values().stream().mapToLong(Long::longValue).sum());
    } catch (UnavailableException e) {
      noted.forEach(this::note);
      LOG.error("Refusals wait for the audit trail, which is not available");
    } catch (RuntimeException e) {
      LOG.errorf("Refusals are missing in the audit trail: %s", e.getClass().getName());
    }
  }

  /** As many kinds as there are rows left for; the rest counts as one. */
  private synchronized Map<Refusal, Long> take() {
    rowsLeft = Math.min(BURST, rowsLeft + 1);
    Map<Refusal, Long> taken = new HashMap<>();
    waiting.forEach(
        (refusal, count) -> {
          boolean room = taken.containsKey(refusal) || taken.size() < rowsLeft - 1;
          taken.merge(room ? refusal : OTHERS, count, Long::sum);
        });
    waiting = new HashMap<>();
    rowsLeft = Math.max(0, rowsLeft - taken.size());
    return taken;
  }
}
