package org.medcue.registry;

import static org.medcue.registry.Outcome.refused;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditTrail;
import org.medcue.platform.Database;
import org.medcue.registry.Outcome.Done;
import org.medcue.registry.Outcome.Refusal;

/**
 * What every change of a model has in common: one transaction in which the model is locked, that
 * ends with the rows of the audit trail and the word to the replicas. Whatever dies whenever, what
 * the database says is whole.
 */
@ApplicationScoped
class ModelChanges {

  private static final String PART = "the model registry";

  private final ModelRepository repository;
  private final AuditTrail trail;
  private final Clock clock;

  ModelChanges(ModelRepository repository, AuditTrail trail, Clock clock) {
    this.repository = repository;
    this.trail = trail;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * Changes a version that is there.
   *
   * @param revision of the model that the change was made on; empty where any will do
   */
  Outcome change(
      VersionRef ref, OptionalLong revision, BiFunction<ModelEntity, VersionEntity, Outcome> work) {
    return inTransaction(
        () -> found(ref, revision, repository.locked(ref.model()), refusal -> refusal, work));
  }

  /** Looks at a version that is to be changed; locks nothing. */
  FirstLook look(VersionRef ref, OptionalLong revision, Function<VersionEntity, FirstLook> work) {
    return Database.inTransaction(
        PART,
        () ->
            found(
                ref,
                revision,
                repository.findByIdOptional(ref.model()),
                FirstLook::refused,
                (model, version) -> work.apply(version)));
  }

  private <T> T found(
      VersionRef ref,
      OptionalLong revision,
      Optional<ModelEntity> model,
      Function<Outcome, T> refusal,
      BiFunction<ModelEntity, VersionEntity, T> work) {
    if (model.isEmpty()) {
      return refusal.apply(refused(Refusal.NO_SUCH_MODEL, "no model of that name is registered"));
    }
    if (revision.isPresent() && revision.getAsLong() != model.get().revision) {
      return refusal.apply(
          refused(Refusal.STALE, "somebody changed a version of this model since, read it again"));
    }
    Optional<VersionEntity> version = repository.version(ref);
    return version.isPresent()
        ? work.apply(model.get(), version.get())
        : refusal.apply(refused(Refusal.NO_SUCH_VERSION, "no such version is registered"));
  }

  Outcome inTransaction(Supplier<Outcome> work) {
    return Database.inTransaction(PART, work);
  }

  /** Ends a change: call it last. */
  Outcome done(ModelEntity model, AuditEvent... events) {
    model.revision++;
    repository.flush();
    repository.tellReplicas(model.name);
    trail.append(List.of(events));
    return new Done(model.revision);
  }

  /** One out, one in; the database allows one active version at any moment. */
  Outcome replace(ModelEntity model, VersionEntity out, VersionEntity in, AuditEvent why) {
    VersionState was = in.state;
    out.become(VersionState.RETIRED, now());
    repository.flush();
    in.become(VersionState.ACTIVE, now());
    return done(
        model,
        moved(why.about(entity(out.ref())), VersionState.ACTIVE, VersionState.RETIRED),
        moved(why.about(entity(in.ref())), was, VersionState.ACTIVE));
  }

  /** Declines a request; returns what the trail gets. */
  AuditEvent decline(RequestEntity request, Actor actor, String reason) {
    request.decide(RequestEntity.Status.DECLINED, actor, reason, now());
    return request.event(actor, reason, "declined");
  }

  static AuditEvent event(VersionRef ref, Actor actor, String reason) {
    return AuditEvent.of(AuditAction.MODEL_CHANGE, actor)
        .about(entity(ref))
        .detail("reason", reason);
  }

  static AuditEvent moved(AuditEvent event, VersionState from, VersionState to) {
    return event.detail("from", code(from)).detail("to", code(to));
  }

  /** A version as the trail names it. */
  static String entity(VersionRef ref) {
    return "model/" + ref;
  }

  static Outcome illegal(VersionEntity version, String wish) {
    return refused(
        Refusal.ILLEGAL_STATE, "a version that is " + code(version.state) + " cannot " + wish);
  }

  static String code(VersionState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
