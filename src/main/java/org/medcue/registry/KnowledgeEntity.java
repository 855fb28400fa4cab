package org.medcue.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.medcue.knowledge.KnowledgeVersion;

/** A version of knowledge. */
@Entity
@Table(name = "knowledge_version")
@IdClass(KnowledgeEntity.Key.class)
class KnowledgeEntity {

  /** Name and version. */
  record Key(String name, String version) implements Serializable {}

  @Id String name;

  @Id String version;

  String digest;

  @Column(name = "registered_at")
  Instant registeredAt;

  /** For Hibernate, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  KnowledgeEntity() {}

  KnowledgeVersion ref() {
    return new KnowledgeVersion(name, version);
  }
}
