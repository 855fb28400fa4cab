package org.medcue.registry;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.medcue.knowledge.KnowledgeVersion;

/** Reads and writes the versions of knowledge. */
@ApplicationScoped
class KnowledgeRepository implements PanacheRepositoryBase<KnowledgeEntity, KnowledgeEntity.Key> {

  private static final Sort NEWEST_FIRST = Sort.descending("registeredAt").and("name");

  Optional<KnowledgeEntity> version(KnowledgeVersion version) {
    return findByIdOptional(new KnowledgeEntity.Key(version.name(), version.version()));
  }

  /** All, the one registered last first. */
  List<KnowledgeEntity> newestFirst() {
    return listAll(NEWEST_FIRST);
  }

  /** A page of {@link #newestFirst}. */
  List<KnowledgeEntity> page(int page, int size) {
    return findAll(NEWEST_FIRST).page(page, size).list();
  }

  /**
   * Adds a version.
   *
   * @return false if there is one of that name, which stays as it is
   */
  boolean add(KnowledgeVersion version, String digest, Instant now) {
    return getEntityManager()
            .createNativeQuery(
                "insert into knowledge_version (name, version, digest, registered_at)"
                    + " values (?, ?, ?, ?) on conflict (name, version) do nothing")
            .setParameter(1, version.name())
            .setParameter(2, version.version())
            .setParameter(3, digest)
            .setParameter(4, now)
            .executeUpdate()
        == 1;
  }
}
