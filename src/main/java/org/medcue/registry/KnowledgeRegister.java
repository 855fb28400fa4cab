package org.medcue.registry;

import static org.medcue.registry.Outcome.refused;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditTrail;
import org.medcue.knowledge.KnowledgeException;
import org.medcue.knowledge.KnowledgeFolder;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.platform.Database;
import org.medcue.registry.Outcome.Done;
import org.medcue.registry.Outcome.Refusal;

/**
 * The versions of knowledge that model versions may cite. They have no states: one is used as far
 * as a model version that answers cites it, for which two admins are needed.
 */
@ApplicationScoped
public class KnowledgeRegister implements KnowledgeLibrary.Register {

  private final KnowledgeRepository repository;
  private final AuditTrail trail;
  private final Clock clock;

  KnowledgeRegister(KnowledgeRepository repository, AuditTrail trail, Clock clock) {
    this.repository = repository;
    this.trail = trail;
    this.clock = clock;
  }

  @Override
  public String digestOf(KnowledgeVersion version) {
    return Database.inTransaction(
        "the model registry",
        () ->
            repository
                .version(version)
                .orElseThrow(
                    () ->
                        new KnowledgeException(
                            version + " was never registered here: add it first"))
                .digest);
  }

  /** All, the one registered last first. */
  List<KnowledgeVersion> all() {
    return Database.inTransaction(
        "the model registry",
        () -> repository.newestFirst().stream().map(KnowledgeEntity::ref).toList());
  }

  boolean has(KnowledgeVersion version) {
    return Database.inTransaction(
        "the model registry", () -> repository.version(version).isPresent());
  }

  /** Records a version whose folder is in its place and was read. */
  Outcome register(KnowledgeFolder folder, Actor actor, String reason) {
    KnowledgeVersion version = folder.version();
    return Database.inTransaction(
        "the model registry",
        () -> {
          if (!repository.add(version, folder.digest(), clock.instant())) {
            return refused(
                Refusal.VERSION_EXISTS,
                version + " is registered; give a new version a new number");
          }
          trail.append(
              AuditEvent.of(AuditAction.MODEL_CHANGE, actor)
                  .about(entity(version))
                  .detail("reason", reason)
                  .detail("to", ModelChanges.code(VersionState.REGISTERED))
                  .detail("digest", folder.digest()));
          return new Done(0);
        });
  }

  /** A version as the trail names it. */
  static String entity(KnowledgeVersion version) {
    return "knowledge/" + version;
  }
}
