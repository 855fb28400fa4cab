package org.medcue.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.medcue.platform.Database;
import org.medcue.platform.UnavailableException;

/**
 * Writes the signed head beside the database after every batch of appends: those that were
 * committed while the batch before was written are one. A crash loses no more than that batch's
 * head, never a row. A head is replaced only by one that continues it: a trail that was cut or
 * rewritten keeps the head that proves it.
 */
@ApplicationScoped
class HeadWriter {

  /** How it stands with the head. */
  enum State {
    /** Written, or not configured. */
    GOOD,
    /** The file cannot be written, or the trail not read; tried again every second. */
    NOT_WRITTEN,
    /** The trail does not hold the row that the last head is of. */
    TRAIL_BROKEN
  }

  private static final Logger LOG = Logger.getLogger(HeadWriter.class);

  private final Optional<HeadFile> file;
  private final AuditRepository repository;
  private final Clock clock;
  private final AtomicReference<@Nullable AuditHead> waiting = new AtomicReference<>();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "audit-head"));

  private volatile State state = State.GOOD;
  private @Nullable AuditHead written;

  /** There is a head that tells nothing. */
  private boolean unknown;

  HeadWriter(AuditConfig config, AuditRepository repository, ObjectMapper json, Clock clock) {
    this.file =
        config
            .headFile()
            .flatMap(
                path ->
                    config
                        .signingKey()
                        .map(key -> new HeadFile(path, HeadKeys.privateKey(key), json)));
    this.repository = repository;
    this.clock = clock;
  }

  State state() {
    return state;
  }

  /** Takes up where the last run ended. */
  void start(@Observes StartupEvent start) {
    try {
      written = file.isEmpty() ? null : file.get().read().orElse(null);
      checkContinued();
    } catch (IOException e) {
      LOG.errorf("The head of the audit trail is %s: nothing replaces it", e.getMessage());
      unknown = true;
      state = State.TRAIL_BROKEN;
    }
  }

  /** After the last refusals. */
  void end(@Observes @Priority(5_000) ShutdownEvent end) throws InterruptedException {
    writer.shutdown();
    if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
      LOG.error("The last head of the audit trail was not written");
    }
  }

  /** Has a committed head written soon; heads may come out of order. */
  void publish(AuditHead head) {
    if (file.isEmpty() || writer.isShutdown()) {
      return;
    }
    if (wait(head)) {
      writer.execute(this::writeWaiting);
    }
  }

  private boolean wait(AuditHead head) {
    return waiting.getAndAccumulate(head, (a, b) -> a == null || a.seq() < b.seq() ? b : a) == null;
  }

  private void writeWaiting() {
    AuditHead head = waiting.getAndSet(null);
    if (head == null) {
      return;
    }
    try {
      if (checkContinued() && (written == null || head.seq() > written.seq())) {
        file.orElseThrow().write(head, clock.instant());
        written = head;
        state = State.GOOD;
      }
    } catch (IOException | UnavailableException e) {
      if (state != State.NOT_WRITTEN) {
        LOG.errorf("The head of the audit trail cannot be written: %s", e.getClass().getName());
      }
      state = State.NOT_WRITTEN;
      wait(head);
      writer.schedule(this::writeWaiting, 1, TimeUnit.SECONDS);
    }
  }

  /** Whether the trail still holds the row that the last head is of. */
  private boolean checkContinued() {
    AuditHead last = written;
    if (unknown) {
      return false;
    }
    if (last == null || holds(last)) {
      state = state == State.TRAIL_BROKEN ? State.GOOD : state;
      return true;
    }
    if (state != State.TRAIL_BROKEN) {
      LOG.errorf(
          "THE AUDIT TRAIL WAS CUT OR REWRITTEN: row %d is not the one that the head was signed"
              + " for. The head is kept; run medcue audit verify",
          last.seq());
    }
    state = State.TRAIL_BROKEN;
    return false;
  }

  private boolean holds(AuditHead head) {
    return head.seq() == 0
        || Database.inTransaction(
            "the audit trail",
            () ->
                repository
                    .findByIdOptional(head.seq())
                    .filter(row -> row.hash.equals(head.hash()))
                    .isPresent());
  }
}
