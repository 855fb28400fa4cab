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

  static VersionEntity registered(VersionRef ref, String digest, Instant now) {
    VersionEntity row = new VersionEntity();
    row.model = ref.model();
    row.version = ref.version();
    row.state = VersionState.REGISTERED;
    row.digest = digest;
    row.registeredAt = now;
    row.changedAt = now;
    return row;
  }

  /** Goes to a state that is no trial; a trial ends with it. */
  void become(VersionState next, Instant now) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(state + " may not become " + next);
    }
    state = next;
    shadow = false;
    canaryShare = null;
    changedAt = now;
  }

  void becomeCanary(double share, Instant now) {
    state = VersionState.CANARY;
    canaryShare = share;
    changedAt = now;
  }

  void endCanary(Instant now) {
    state = shadow ? VersionState.SHADOW : VersionState.EVALUATED;
    canaryShare = null;
    changedAt = now;
  }

  /**
   * Starts or ends the trial as a shadow.
   *
   * @return false, and nothing changes, where that is not possible
   */
  boolean setShadow(boolean on, Instant now) {
    boolean possible =
        on ? !shadow && (state == VersionState.EVALUATED || state == VersionState.CANARY) : shadow;
    if (!possible) {
      return false;
    }
    shadow = on;
    if (state != VersionState.CANARY) {
      state = on ? VersionState.SHADOW : VersionState.EVALUATED;
    }
    changedAt = now;
    return true;
  }

  VersionRef ref() {
    return new VersionRef(model, version);
  }

  Assignment.Assigned assigned() {
    return new Assignment.Assigned(ref(), digest);
  }
}
