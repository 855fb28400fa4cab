package org.medcue.recommendation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.medcue.recommendation.LoggedRecommendation.CardOutcome;
import org.medcue.recommendation.LoggedRecommendation.Clinical;

/** A row of the log; written once, never changed. */
@Entity
@Table(name = "recommendation")
class RecommendationEntity {

  @Id UUID id;

  @Column(name = "served_at")
  Instant servedAt;

  @Column(name = "service_id")
  String serviceId;

  @Column(name = "hook_instance")
  UUID hookInstance;

  String tenant;

  @Column(name = "user_id")
  @Nullable String userId;

  @Column(name = "patient_id")
  String patientId;

  @Column(name = "encounter_id")
  @Nullable String encounterId;

  @Column(name = "model_name")
  String modelName;

  @Column(name = "model_version")
  String modelVersion;

  /** Versions separated by blanks: none of them has one. */
  String knowledge;

  @Column(name = "evidence_digest")
  String evidenceDigest;

  @Column(name = "latency_ms")
  long latencyMillis;

  @Column(name = "dry_run")
  boolean dryRun;

  /** For Hibernate and for the log, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  RecommendationEntity() {}

  HookCall call() {
    return new HookCall(
        tenant,
        hookInstance,
        Objects.requireNonNullElse(userId, ""),
        patientId,
        Optional.ofNullable(encounterId));
  }

  LoggedRecommendation logged(Clinical clinical, List<ServedCardEntity> cards) {
    return new LoggedRecommendation(
        id,
        servedAt,
        serviceId,
        hookInstance,
        tenant,
        Optional.ofNullable(userId),
        patientId,
        Optional.ofNullable(encounterId),
        new LoggedRecommendation.Model(modelName, modelVersion),
        knowledge.isEmpty() ? List.of() : Arrays.asList(knowledge.split(" ")),
        evidenceDigest,
        clinical,
        cards.stream()
            .map(card -> new CardOutcome(card.id, Optional.ofNullable(card.outcome)))
            .toList(),
        latencyMillis,
        dryRun);
  }
}
