package org.medcue.recommendation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A suggestion as served. */
@Entity
@Table(name = "served_suggestion")
class ServedSuggestionEntity {

  @Id UUID id;

  @Column(name = "card_id")
  UUID cardId;

  String drug;

  int position;

  /** By the feedback that counts. */
  boolean accepted;

  /** For Hibernate and for the log, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  ServedSuggestionEntity() {}
}
