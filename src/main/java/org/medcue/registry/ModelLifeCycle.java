package org.medcue.registry;

import static org.medcue.registry.ModelChanges.event;
import static org.medcue.registry.ModelChanges.illegal;
import static org.medcue.registry.ModelChanges.moved;
import static org.medcue.registry.Outcome.refused;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditEvent;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.registry.Outcome.Refusal;

/**
 * What one admin may do with a version; what needs two is in {@link Approvals}. These are the only
 * places where a version changes its state, always in someone's name and for a reason.
 */
@ApplicationScoped
public class ModelLifeCycle {

  private final ModelChanges changes;
  private final ModelRepository repository;
  private final Groundwork groundwork;
  private final ActivationRules rules;

  ModelLifeCycle(
      ModelChanges changes,
      ModelRepository repository,
      Groundwork groundwork,
      ActivationRules rules) {
    this.changes = changes;
    this.repository = repository;
    this.groundwork = groundwork;
    this.rules = rules;
  }

  /** Takes a version in whose folder is in its place and was checked. */
  Outcome register(ModelFolder folder, Actor actor, String reason) {
    VersionRef ref = VersionRef.of(folder);
    String digest = folder.digest();
    return changes.inTransaction(
        () -> {
          ModelEntity model = repository.lockedOrNew(ref.model());
          if (repository.version(ref).isPresent()) {
            return refused(
                Refusal.VERSION_EXISTS, ref + " is registered; give a new version a new number");
          }
          VersionEntity row = VersionEntity.registered(ref, digest, changes.now());
          repository.add(row);
          AuditEvent event = event(ref, actor, reason);
          AuditEvent registered =
              event
                  .detail("to", ModelChanges.code(VersionState.REGISTERED))
                  .detail("digest", digest);
          if (!rules.isEvaluated(folder)) {
            return changes.done(model, registered);
          }
          row.become(VersionState.EVALUATED, changes.now());
          return changes.done(
              model, registered, moved(event, VersionState.REGISTERED, VersionState.EVALUATED));
        });
  }

  /** Lets a version answer unseen beside the active one, or no longer. */
  public Outcome shadow(VersionRef ref, boolean on, long revision, Actor actor, String reason) {
    OptionalLong seen = OptionalLong.of(revision);
    if (!on) {
      return changes.change(
          ref, seen, (model, version) -> setShadow(model, version, false, actor, reason));
    }
    return groundwork.before(
        () -> changes.look(ref, seen, version -> FirstLook.trying(version.assigned(), List.of())),
        read ->
            changes.change(
                ref,
                seen,
                (model, version) ->
                    read.of(version).isEmpty()
                        ? Groundwork.Read.changedSince()
                        : unlikeTheActive(version)
                            .orElseGet(() -> setShadow(model, version, true, actor, reason))));
  }

  private Outcome setShadow(
      ModelEntity model, VersionEntity version, boolean on, Actor actor, String reason) {
    VersionState before = version.state;
    if (!version.setShadow(on, changes.now())) {
      return illegal(version, on ? "become a shadow" : "end as a shadow");
    }
    return changes.done(
        model,
        moved(event(version.ref(), actor, reason), before, version.state).detail("shadow", on));
  }

  private Optional<Outcome> unlikeTheActive(VersionEntity version) {
    try {
      return repository
          .active(version.model)
          .flatMap(active -> rules.otherKnowledge(version, active));
    } catch (ModelException e) {
      return Optional.of(refused(e));
    }
  }

  /** Ends the trial of a canary at once: its patients get the active version. */
  public Outcome endCanary(VersionRef ref, long revision, Actor actor, String reason) {
    return changes.change(
        ref,
        OptionalLong.of(revision),
        (model, version) -> {
          if (version.state != VersionState.CANARY) {
            return illegal(version, "stop being a canary");
          }
          version.endCanary(changes.now());
          return changes.done(
              model, moved(event(ref, actor, reason), VersionState.CANARY, version.state));
        });
  }

  /** Has a version never used again; what was asked for it and waits is declined. */
  public Outcome reject(VersionRef ref, long revision, Actor actor, String reason) {
    return changes.change(
        ref,
        OptionalLong.of(revision),
        (model, version) -> {
          VersionState before = version.state;
          if (!before.mayBecome(VersionState.REJECTED)) {
            return illegal(version, "be rejected");
          }
          version.become(VersionState.REJECTED, changes.now());
          List<AuditEvent> events = new ArrayList<>();
          events.add(moved(event(ref, actor, reason), before, VersionState.REJECTED));
          repository
              .openRequests(ref)
              .forEach(request -> events.add(changes.decline(request, actor, reason)));
          return changes.done(model, events.toArray(AuditEvent[]::new));
        });
  }

  /** Brings the version back that was active before, in one action, if it can be served. */
  public Outcome rollback(VersionRef ref, long revision, Actor actor, String reason) {
    OptionalLong seen = OptionalLong.of(revision);
    return groundwork.before(
        () -> changes.look(ref, seen, this::lookBack),
        read ->
            changes.change(
                ref,
                seen,
                (model, version) -> {
                  FirstLook look = lookBack(version);
                  if (look.refusal().isPresent()) {
                    return look.refusal().get();
                  }
                  VersionEntity before = repository.before(version).orElseThrow();
                  return read.of(before).isEmpty()
                      ? Groundwork.Read.changedSince()
                      : changes.replace(
                          model,
                          version,
                          before,
                          event(ref, actor, reason).detail("rollback", true));
                }));
  }

  private FirstLook lookBack(VersionEntity version) {
    if (version.state != VersionState.ACTIVE) {
      return FirstLook.refused(
          illegal(version, "be rolled back: that is for the active one; end a trial instead"));
    }
    return repository
        .before(version)
        .map(before -> FirstLook.trying(before.assigned(), List.of()))
        .orElseGet(
            () ->
                FirstLook.refused(
                    refused(
                        Refusal.NOTHING_BEFORE, "no version was active before " + version.ref())));
  }
}
