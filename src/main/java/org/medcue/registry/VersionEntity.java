package org.medcue.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A version of a model. */
@Entity
@Table(name = "model_version")
@IdClass(VersionEntity.Key.class)
class VersionEntity {

  /** Model and version. */
  record Key(String model, String version) implements Serializable {}

  @Id String model;

  @Id String version;

  @Enumerated(EnumType.STRING)
  VersionState state;

  boolean shadow;

  @Column(name = "canary_share")
  @Nullable Double canaryShare;

  String digest;

  @Nullable String replaced;

  @Column(name = "registered_at")
  Instant registeredAt;

  @Column(name = "changed_at")
  Instant changedAt;

  /** For Hibernate and for the service, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  VersionEntity() {}

  VersionRef ref() {
    return new VersionRef(model, version);
  }

  Assignment.Assigned assigned() {
    return new Assignment.Assigned(ref(), digest);
  }
}
