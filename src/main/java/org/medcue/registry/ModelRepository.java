package org.medcue.registry;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes the models and their versions. */
@ApplicationScoped
class ModelRepository implements PanacheRepositoryBase<ModelEntity, String> {

  private final Versions versions;
  private final Requests requests;

  ModelRepository(Versions versions, Requests requests) {
    this.versions = versions;
    this.requests = requests;
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

  /** Models by name. */
  List<ModelEntity> page(int page, int size) {
    return findAll(Sort.by("name")).page(page, size).list();
  }

  long countVersions(String model) {
    return versions.count("model", model);
  }

  /** A page of the versions of a model, the one registered last first. */
  List<VersionEntity> versions(String model, int page, int size) {
    return versions
        .find("model = ?1 order by registeredAt desc, version desc", model)
        .page(page, size)
        .list();
  }

  /** Every version of every model. */
  List<VersionEntity> allVersions() {
    return versions.listAll(Sort.by("model", "version"));
  }

  boolean hasVersions(String model) {
    return countVersions(model) > 0;
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

  Optional<VersionEntity> active(String model) {
    return inState(model, VersionState.ACTIVE);
  }

  Optional<VersionEntity> canary(String model) {
    return inState(model, VersionState.CANARY);
  }

  private Optional<VersionEntity> inState(String model, VersionState state) {
    return versions.find("model = ?1 and state = ?2", model, state).firstResultOptional();
  }

  /** The version that one took the place of. */
  Optional<VersionEntity> before(VersionEntity version) {
    return Optional.ofNullable(version.replaced)
        .flatMap(number -> version(new VersionRef(version.model, number)));
  }

  void add(RequestEntity request) {
    requests.persist(request);
  }

  Optional<RequestEntity> request(UUID id) {
    return requests.findByIdOptional(id);
  }

  /** What was asked for a version and waits to be decided. */
  List<RequestEntity> openRequests(VersionRef ref) {
    return requests.list(
        "model = ?1 and version = ?2 and status = ?3 order by requestedAt",
        ref.model(),
        ref.version(),
        RequestEntity.Status.OPEN);
  }

  /** What was asked for a version, the newest first. */
  List<RequestEntity> requests(VersionRef ref) {
    return requests.list(
        "model = ?1 and version = ?2 order by requestedAt desc", ref.model(), ref.version());
  }

  /** Told when the transaction commits, and only then. */
  void tellReplicas(String model) {
    getEntityManager()
        .createNativeQuery("select 1 from pg_notify(?, ?)")
        .setParameter(1, Assignments.CHANNEL)
        .setParameter(2, model)
        .getSingleResult();
  }

  @ApplicationScoped
  static class Versions implements PanacheRepositoryBase<VersionEntity, VersionEntity.Key> {}

  @ApplicationScoped
  static class Requests implements PanacheRepositoryBase<RequestEntity, UUID> {}
}
