package org.medcue.registry;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A model; its revision counts every change of one of its versions. */
@Entity
@Table(name = "model")
class ModelEntity {

  @Id String name;

  long revision;

  /** For Hibernate and for the service, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  ModelEntity() {}
}
