package org.medcue.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
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
 * Brings refusals into the trail, equal ones of a second as one row with their number: whoever
 * hammers at the door must not fill the database, nor wait for it.
 */
@ApplicationScoped
public class RefusalTrail {

  private static final Logger LOG = Logger.getLogger(RefusalTrail.class);

  /** Kinds of refusals a second; what is more is counted without saying what it was. */
  private static final int MOST_KINDS = 200;

  /**
   * A call that was turned away.
   *
   * @param actor who it was, as far as that could be believed
   * @param reason a code, such as {@code token-expired}
   * @param target the method and the beginning of the path
   * @param remote the network address that it came from
   */
  public record Refusal(Actor actor, String reason, String target, String remote) {

    private static final int SEGMENTS = 2;

    /** With no more of the path than says what was asked for: the rest may name a patient. */
    public static Refusal of(
        Actor actor, String reason, String method, String path, String remote) {
      String[] segments = path.split("/", SEGMENTS + 2);
      StringBuilder beginning = new StringBuilder(method).append(' ');
      for (int i = 1; i < segments.length && i <= SEGMENTS; i++) {
        beginning.append('/').append(segments[i]);
      }
      return new Refusal(actor, reason, beginning.toString(), remote);
    }

    private AuditEvent event(long count) {
      return AuditEvent.of(AuditAction.REFUSAL, actor)
          .failed(reason)
          .about(target)
          .detail("remote", remote)
          .detail("count", count);
    }
  }

  private static final Refusal OTHERS =
      new Refusal(Actor.system("medcue"), "further-refusals", "any", "many");

  private final AuditTrail trail;
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "refusals"));
  private Map<Refusal, Long> waiting = new HashMap<>();

  RefusalTrail(AuditTrail trail) {
    this.trail = trail;
  }

  void start(@Observes StartupEvent start) {
    writer.scheduleWithFixedDelay(this::flush, 1, 1, TimeUnit.SECONDS);
  }

  void end(@Observes ShutdownEvent end) {
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
    } catch (UnavailableException e) {
      noted.forEach(this::note);
      LOG.error("Refusals wait for the audit trail, which is not available");
    } catch (RuntimeException e) {
      LOG.errorf("Refusals are missing in the audit trail: %s", e.getClass().getName());
    }
  }

  private synchronized Map<Refusal, Long> take() {
    Map<Refusal, Long> noted = waiting;
    waiting = new HashMap<>();
    return noted;
  }
}
