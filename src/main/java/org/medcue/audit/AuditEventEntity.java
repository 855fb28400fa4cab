package org.medcue.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the trail; the database refuses to change it. */
@Entity
@Table(name = "audit_event")
class AuditEventEntity {

  @Id long seq;

  @Column(name = "recorded_at")
  Instant recordedAt;

  String action;

  @Nullable String failure;

  @Column(name = "actor_kind")
  String actorKind;

  @Nullable String tenant;

  String actor;

  @Nullable UUID subject;

  @Nullable String entity;

  String details;

  @Column(name = "previous_hash")
  String previousHash;

  String hash;

  /** For Hibernate and for {@link #of}, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  AuditEventEntity() {}

  static AuditEventEntity of(AuditRecord row) {
    AuditEventEntity entity = new AuditEventEntity();
    entity.seq = row.seq();
    entity.recordedAt = row.recordedAt();
    entity.action = row.action();
    entity.failure = row.failure().orElse(null);
    entity.actorKind = row.actorKind();
    entity.tenant = row.tenant().orElse(null);
    entity.actor = row.actor();
    entity.subject = row.subject().orElse(null);
    entity.entity = row.entity().orElse(null);
    entity.details = row.details();
    entity.previousHash = row.previousHash();
    entity.hash = row.hash();
    return entity;
  }

  AuditRecord row() {
    return new AuditRecord(
        seq,
        recordedAt,
        action,
        Optional.ofNullable(failure),
        actorKind,
        Optional.ofNullable(tenant),
        actor,
        Optional.ofNullable(subject),
        Optional.ofNullable(entity),
        details,
        previousHash,
        hash);
  }
}
