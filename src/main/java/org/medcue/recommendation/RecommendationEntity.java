package org.medcue.recommendation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  String probabilities;

  String omissions;

  String cards;

  @Column(name = "latency_ms")
  long latencyMillis;

  @Column(name = "dry_run")
  boolean dryRun;

  /** For Hibernate and for the log, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  RecommendationEntity() {}

  LoggedRecommendation logged() {
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
        probabilities,
        omissions,
        cards,
        latencyMillis,
        dryRun);
  }
}
