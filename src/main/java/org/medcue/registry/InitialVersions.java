package org.medcue.registry;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.medcue.audit.Actor;
import org.medcue.knowledge.KnowledgeException;
import org.medcue.knowledge.KnowledgeFolder;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.platform.Database;

/**
 * Registers the knowledge that comes with the release, and makes the configured versions active on
 * a database that knows none of their models.
 */
@ApplicationScoped
class InitialVersions {

  private static final Actor CONFIGURATION = Actor.system("configuration");

  private final RegistryConfig config;
  private final ModelRegistry folders;
  private final ModelRepository repository;
  private final ModelChanges changes;
  private final KnowledgeRegister knowledge;

  InitialVersions(
      RegistryConfig config,
      ModelRegistry folders,
      ModelRepository repository,
      ModelChanges changes,
      KnowledgeRegister knowledge) {
    this.config = config;
    this.folders = folders;
    this.repository = repository;
    this.changes = changes;
    this.knowledge = knowledge;
  }

  /**
   * Before any model is loaded.
   *
   * @throws ModelException if a version that is to be active is not whole
   * @throws KnowledgeException if a version that is to be registered is not whole
   */
  void start(@Observes @Priority(1_000) StartupEvent start) {
    KnowledgeLibrary.bundled().forEach(this::registerFirst);
    config.initial().values().stream()
        .filter(reference -> !reference.equals(RegistryConfig.NONE))
        .map(VersionRef::parse)
        .distinct()
        .forEach(this::activateFirst);
  }

  private void activateFirst(VersionRef ref) {
    boolean known =
        Database.inTransaction("the model registry", () -> repository.hasVersions(ref.model()));
    if (!known) {
      ModelFolder folder = folders.open(ref);
      folder.manifest().knowledge().forEach(this::registerFirst);
      Database.inTransaction("the model registry", () -> activate(ref, folder.digest()));
    }
  }

  private void registerFirst(KnowledgeVersion version) {
    if (!knowledge.has(version)) {
      // Refused where another replica was first
      knowledge.register(
          KnowledgeFolder.open(folders.root(), version), CONFIGURATION, "the first start");
    }
  }

  private boolean activate(VersionRef ref, String digest) {
    ModelEntity model = repository.lockedOrNew(ref.model());
    if (repository.hasVersions(ref.model())) {
      return false; // another replica was first
    }
    VersionEntity row = VersionEntity.registered(ref, digest, changes.now());
    row.state = VersionState.ACTIVE;
    repository.add(row);
    changes.done(
        model,
        ModelChanges.event(ref, CONFIGURATION, "the first start")
            .detail("to", ModelChanges.code(VersionState.ACTIVE))
            .detail("digest", digest));
    return true;
  }
}
