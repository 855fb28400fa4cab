package org.medcue.registry;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditTrail;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.platform.Database;

/** Makes the configured versions active on a database that knows none of their models. */
@ApplicationScoped
class InitialVersions {

  private static final Actor CONFIGURATION = Actor.system("configuration");

  private final RegistryConfig config;
  private final ModelRegistry folders;
  private final ModelRepository repository;
  private final AuditTrail trail;
  private final Clock clock;

  InitialVersions(
      RegistryConfig config,
      ModelRegistry folders,
      ModelRepository repository,
      AuditTrail trail,
      Clock clock) {
    this.config = config;
    this.folders = folders;
    this.repository = repository;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Before any model is loaded.
   *
   * @throws ModelException if a version that is to be active is not whole
   */
  void start(@Observes @Priority(1_000) StartupEvent start) {
    config.initial().values().stream()
        .filter(reference -> !reference.equals(RegistryConfig.NONE))
        .map(VersionRef::parse)
        .distinct()
        .forEach(this::activateFirst);
  }

  private void activateFirst(VersionRef ref) {
    boolean known =
        Database.inTransaction(
            "the model registry", () -> !repository.versions(ref.model()).isEmpty());
    if (!known) {
      ModelFolder folder = folders.open(ref);
      Database.inTransaction("the model registry", () -> activate(ref, folder.digest()));
    }
  }

  private boolean activate(VersionRef ref, String digest) {
    ModelEntity model = repository.lockedOrNew(ref.model());
    if (!repository.versions(ref.model()).isEmpty()) {
      return false; // another replica was first
    }
    VersionEntity row = new VersionEntity();
    row.model = ref.model();
    row.version = ref.version();
    row.state = VersionState.ACTIVE;
    row.digest = digest;
    row.registeredAt = clock.instant();
    row.changedAt = row.registeredAt;
    repository.add(row);
    model.revision++;
    repository.flush();
    trail.append(
        List.of(
            AuditEvent.of(AuditAction.MODEL_CHANGE, CONFIGURATION)
                .about("model/" + ref)
                .detail("to", VersionState.ACTIVE)
                .detail("digest", digest)
                .detail("reason", "the first start")));
    return true;
  }
}
