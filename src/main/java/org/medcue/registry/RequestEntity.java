package org.medcue.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditEvent;

/** What one admin asked for and another decides. */
@Entity
@Table(name = "model_request")
class RequestEntity {

  /** What is asked for. */
  enum Action {
    /** To answer for everybody. */
    ACTIVATE,
    /** To answer for a share of the patients. */
    CANARY
  }

  enum Status {
    OPEN,
    APPROVED,
    DECLINED
  }

  @Id UUID id;

  String model;

  String version;

  @Enumerated(EnumType.STRING)
  Action action;

  @Column(name = "canary_share")
  @Nullable Double canaryShare;

  @Column(name = "requested_by")
  String requestedBy;

  @Column(name = "requested_at")
  Instant requestedAt;

  String reason;

  @Column(name = "override_reason")
  @Nullable String overrideReason;

  @Enumerated(EnumType.STRING)
  Status status;

  @Column(name = "decided_by")
  @Nullable String decidedBy;

  @Column(name = "decided_at")
  @Nullable Instant decidedAt;

  @Column(name = "decision_reason")
  @Nullable String decisionReason;

  /** For Hibernate and for the service, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  RequestEntity() {}

  static RequestEntity open(
      UUID id, VersionRef ref, PromotionRequest.Wish wish, Actor actor, Instant now) {
    RequestEntity request = new RequestEntity();
    request.id = id;
    request.model = ref.model();
    request.version = ref.version();
    request.action = wish.action();
    request.canaryShare = wish.share().orElse(null);
    request.requestedBy = actor.name();
    request.requestedAt = now;
    request.reason = wish.reason();
    request.overrideReason = wish.override().orElse(null);
    request.status = Status.OPEN;
    return request;
  }

  PromotionRequest.Wish wish() {
    return new PromotionRequest.Wish(
        Optional.ofNullable(canaryShare), reason, Optional.ofNullable(overrideReason));
  }

  void decide(Status decision, Actor actor, String why, Instant now) {
    status = decision;
    decidedBy = actor.name();
    decidedAt = now;
    decisionReason = why;
  }

  /** What was done with it, for the trail. */
  AuditEvent event(Actor actor, String why, String step) {
    AuditEvent event =
        ModelChanges.event(ref(), actor, why)
            .detail("request", id)
            .detail("step", step)
            .detail("asked-by", requestedBy)
            .detail("asked-for", action.name().toLowerCase(Locale.ROOT));
    return overrideReason == null ? event : event.detail("override", overrideReason);
  }

  VersionRef ref() {
    return new VersionRef(model, version);
  }

  PromotionRequest view() {
    return new PromotionRequest(
        id,
        action.name().toLowerCase(Locale.ROOT),
        Optional.ofNullable(canaryShare),
        requestedBy,
        requestedAt,
        reason,
        Optional.ofNullable(overrideReason),
        status.name().toLowerCase(Locale.ROOT),
        Optional.ofNullable(decidedBy),
        Optional.ofNullable(decidedAt),
        Optional.ofNullable(decisionReason));
  }
}
