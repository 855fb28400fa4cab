package org.medcue.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Optional;

/** The signed head outside the database. */
final class HeadFile {

  private final Path file;
  private final PrivateKey key;
  private final ObjectMapper json;

  HeadFile(Path file, PrivateKey key, ObjectMapper json) {
    this.file = file;
    this.key = key;
    this.json = json;
  }

  /**
   * The head that was written last; empty where none was.
   *
   * @throws IOException if there is one that cannot be read, or that the key did not sign
   */
  Optional<AuditHead> read() throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    SignedHead signed;
    try {
      signed = json.readValue(Files.readAllBytes(file), SignedHead.class);
    } catch (JsonProcessingException e) {
      throw new IOException("no signed head", e);
    }
    AuditHead head = new AuditHead(signed.seq(), signed.hash());
    // Ed25519 is deterministic: who has the key can compare without its public half
    if (!SignedHead.sign(head, signed.signedAt(), key).equals(signed)) {
      throw new IOException("a head that was signed with another key");
    }
    return Optional.of(head);
  }

  /** Whole or not at all: a reader never sees half a head. */
  void write(AuditHead head, Instant at) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, json.writeValueAsBytes(SignedHead.sign(head, at, key)));
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
