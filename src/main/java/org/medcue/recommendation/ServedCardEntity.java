package org.medcue.recommendation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A card as served. */
@Entity
@Table(name = "served_card")
class ServedCardEntity {

  @Id UUID id;

  @Column(name = "recommendation_id")
  UUID recommendationId;

  /** What counts of all feedback, {@code accepted} or {@code overridden}. */
  @Nullable String outcome;

  /** For Hibernate and for the log, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  ServedCardEntity() {}
}
