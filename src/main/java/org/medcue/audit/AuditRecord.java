package org.medcue.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.medcue.platform.FieldDigest;

/**
 * One row of the trail.
 *
 * @param seq its place, from 1 without gaps
 * @param recordedAt when, in whole microseconds as the database keeps them
 * @param action code of the {@link AuditAction}
 * @param failure why it did not come about
 * @param actorKind person, client or system
 * @param tenant the EHR that acted
 * @param actor who acted
 * @param subject pseudonym of the patient; after an erasure it leads nowhere
 * @param entity what it is about
 * @param details a JSON object of texts, names in order
 * @param previousHash hash of the row before, 64 zeros in the first
 * @param hash SHA-256 over all of the above
 */
public record AuditRecord(
    long seq,
    Instant recordedAt,
    String action,
    Optional<String> failure,
    String actorKind,
    Optional<String> tenant,
    String actor,
    Optional<UUID> subject,
    Optional<String> entity,
    String details,
    String previousHash,
    String hash) {

  /** What the first row continues. */
  public static final String GENESIS = "0".repeat(64);

  /** The hash that the other fields give; another than {@link #hash} means that one was changed. */
  String computedHash() {
    return new FieldDigest()
        .field("seq", seq)
        .field("recorded-at", recordedAt)
        .field("action", action)
        .optional("failure", failure)
        .field("actor-kind", actorKind)
        .optional("tenant", tenant)
        .field("actor", actor)
        .optional("subject", subject)
        .optional("entity", entity)
        .field("details", details)
        .field("previous", previousHash)
        .sha256();
  }

  /** The same row with the hash that it should have. */
  AuditRecord sealed() {
    return new AuditRecord(
        seq,
        recordedAt,
        action,
        failure,
        actorKind,
        tenant,
        actor,
        subject,
        entity,
        details,
        previousHash,
        computedHash());
  }
}
