package org.medcue.feedback;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A feedback event; written once, never changed. */
@Entity
@Table(name = "feedback_event")
class FeedbackEventEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  @Column(name = "received_at")
  Instant receivedAt;

  String tenant;

  @Column(name = "service_id")
  String serviceId;

  @Column(name = "card_id")
  String cardId;

  String outcome;

  @Column(name = "outcome_at")
  Instant outcomeAt;

  /** Uuids separated by blanks. */
  @Column(name = "accepted_suggestions")
  String acceptedSuggestions;

  @Column(name = "reason_system")
  @Nullable String reasonSystem;

  @Column(name = "reason_code")
  @Nullable String reasonCode;

  /** Whether the doctor wrote something, which is sealed elsewhere. */
  @Column(name = "sealed_words")
  boolean sealedWords;

  boolean orphan;

  /** For Hibernate and for the service, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  FeedbackEventEntity() {}
}
