package org.medcue.registry;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** Reads and writes the models and their versions. */
@ApplicationScoped
class ModelRepository implements PanacheRepositoryBase<ModelEntity, String> {

  private final Versions versions;

  ModelRepository(Versions versions) {
    this.versions = versions;
  }

  /** A model that nobody else changes until this transaction ends. */
  Optional<ModelEntity> locked(String name) {
    return findByIdOptional(name, LockModeType.PESSIMISTIC_WRITE);
  }

  /** As {@link #locked}; a model that was not known is made. */
  ModelEntity lockedOrNew(String name) {
    getEntityManager()
        .createNativeQuery(
            "insert into model (name, revision) values (?, 0) on conflict (name) do nothing")
        .setParameter(1, name)
        .executeUpdate();
    return locked(name).orElseThrow();
  }

  Optional<VersionEntity> version(VersionRef ref) {
    return versions.findByIdOptional(new VersionEntity.Key(ref.model(), ref.version()));
  }

  /** Versions of a model, the one registered last first. */
  List<VersionEntity> versions(String model) {
    return versions.list("model = ?1 order by registeredAt desc, version desc", model);
  }

  /** Versions that answer or shall answer. */
  List<VersionEntity> assigned() {
    return versions.list(
        "state in ?1 order by model, version",
        List.of(VersionState.ACTIVE, VersionState.CANARY, VersionState.SHADOW));
  }

  void add(VersionEntity version) {
    versions.persist(version);
  }

  @ApplicationScoped
  static class Versions implements PanacheRepositoryBase<VersionEntity, VersionEntity.Key> {}
}
