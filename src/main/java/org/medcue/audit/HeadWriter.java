package org.medcue.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the signed head beside the database after every batch of appends: those that were
 * committed while the batch before was written are one. A crash loses no more than that batch's
 * head, never a row.
 */
@ApplicationScoped
class HeadWriter {

  private static final Logger LOG = Logger.getLogger(HeadWriter.class);

  private final Optional<Path> file;
  private final Optional<PrivateKey> key;
  private final ObjectMapper json;
  private final Clock clock;
  private final AtomicReference<@Nullable AuditHead> waiting = new AtomicReference<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "audit-head"));

  private long written;

  HeadWriter(AuditConfig config, ObjectMapper json, Clock clock) {
    this.file = config.headFile();
    this.key = config.signingKey().map(HeadKeys::privateKey);
    this.json = json;
    this.clock = clock;
  }

  /** Has a committed head written soon; heads may come out of order. */
  void publish(AuditHead head) {
    if (file.isEmpty() || key.isEmpty()) {
      return;
    }
    @Nullable AuditHead before =
        waiting.getAndAccumulate(head, (a, b) -> a == null || a.seq() < b.seq() ? b : a);
    if (before == null) {
      writer.execute(this::writeWaiting);
    }
  }

  void end(@Observes ShutdownEvent end) throws InterruptedException {
    writer.shutdown();
    if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
      LOG.error("The last head of the audit trail was not written");
    }
  }

  private void writeWaiting() {
    AuditHead head = waiting.getAndSet(null);
    if (head == null || head.seq() <= written) {
      return;
    }
    try {
      write(SignedHead.sign(head, clock.instant(), key.orElseThrow()), file.orElseThrow());
      written = head.seq();
    } catch (IOException e) {
      LOG.errorf("The head of the audit trail cannot be written: %s", e.getClass().getName());
    }
  }

  /** Whole or not at all: a reader never sees half a head. */
  private void write(SignedHead head, Path target) throws IOException {
    Path next = target.resolveSibling(target.getFileName() + ".next");
    Files.write(next, json.writeValueAsBytes(head));
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
