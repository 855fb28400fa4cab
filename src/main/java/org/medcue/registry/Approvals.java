package org.medcue.registry;

import static org.medcue.registry.ModelChanges.event;
import static org.medcue.registry.ModelChanges.moved;
import static org.medcue.registry.Outcome.refused;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditEvent;
import org.medcue.model.ModelException;
import org.medcue.registry.Outcome.Refusal;
import org.medcue.registry.PromotionRequest.Wish;
import org.medcue.registry.RequestEntity.Status;

/**
 * Four eyes: what doctors see changes when one admin asks for it and another approves. Conditions
 * are checked both times, since figures and the active version may have changed between.
 */
@ApplicationScoped
public class Approvals {

  private final ModelChanges changes;
  private final ModelRepository repository;
  private final Assignments assignments;
  private final ModelRegistry folders;
  private final VersionCheck check;
  private final ActivationRules rules;

  Approvals(
      ModelChanges changes,
      ModelRepository repository,
      Assignments assignments,
      ModelRegistry folders,
      VersionCheck check,
      ActivationRules rules) {
    this.changes = changes;
    this.repository = repository;
    this.assignments = assignments;
    this.folders = folders;
    this.check = check;
    this.rules = rules;
  }

  /**
   * Asks for a version to be activated, or to become a canary.
   *
   * @param id of the request to be
   */
  public Outcome request(UUID id, VersionRef ref, Wish wish, Actor actor) {
    return changes.change(
        ref,
        OptionalLong.empty(),
        (model, version) ->
            rules
                .refusal(version, repository.active(ref.model()), wish)
                .orElseGet(() -> open(id, model, version, wish, actor)));
  }

  private Outcome open(UUID id, ModelEntity model, VersionEntity version, Wish wish, Actor actor) {
    if (repository.openRequest(version.ref(), wish.action()).isPresent()) {
      return refused(
          Refusal.REQUEST_OPEN, "the same was asked for and waits for another admin to decide");
    }
    RequestEntity request = RequestEntity.open(id, version.ref(), wish, actor, changes.now());
    repository.add(request);
    return changes.done(
        model, about(request, event(version.ref(), actor, wish.reason()), "requested"));
  }

  /**
   * Approves what another admin asked for; from then on the version answers.
   *
   * @param revision of the model that the decision was made on
   */
  public Outcome approve(VersionRef ref, UUID id, long revision, Actor actor, String reason) {
    return whyNotServed(ref)
        .orElseGet(
            () ->
                decide(
                    ref,
                    id,
                    revision,
                    (request, change) -> approve(request, change, actor, reason)));
  }

  private Outcome approve(RequestEntity request, Change change, Actor actor, String reason) {
    if (request.requestedBy.equals(actor.name())) {
      return refused(Refusal.SAME_PERSON, "another admin has to approve what you asked for");
    }
    VersionEntity version = change.version();
    Optional<VersionEntity> active = repository.active(version.model);
    Optional<Outcome> refusal = rules.refusal(version, active, request.wish());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    request.decide(Status.APPROVED, actor, reason, changes.now());
    AuditEvent why = about(request, event(version.ref(), actor, reason), "approved");
    return request.canaryShare == null
        ? activate(change.model(), version, active, why)
        : makeCanary(change.model(), version, request.canaryShare, why);
  }

  /** Declines what an admin asked for; who asked may take it back so. */
  public Outcome decline(VersionRef ref, UUID id, long revision, Actor actor, String reason) {
    return decide(
        ref,
        id,
        revision,
        (request, change) -> {
          request.decide(Status.DECLINED, actor, reason, changes.now());
          return changes.done(
              change.model(), about(request, event(ref, actor, reason), "declined"));
        });
  }

  private record Change(ModelEntity model, VersionEntity version) {}

  private Outcome decide(
      VersionRef ref, UUID id, long revision, BiFunction<RequestEntity, Change, Outcome> work) {
    return changes.change(
        ref,
        OptionalLong.of(revision),
        (model, version) -> {
          Optional<RequestEntity> request =
              repository.request(id).filter(found -> found.ref().equals(ref));
          if (request.isEmpty()) {
            return refused(Refusal.NO_SUCH_REQUEST, "no such request was made for this version");
          }
          if (request.get().status != Status.OPEN) {
            return refused(Refusal.REQUEST_DECIDED, "this request was decided on before");
          }
          return work.apply(request.get(), new Change(model, version));
        });
  }

  /** Loads it and compares its answers before anything is changed: that takes seconds. */
  private Optional<Outcome> whyNotServed(VersionRef ref) {
    try {
      Optional<Assignment.Assigned> registered = assignments.registered(ref);
      if (registered.isPresent()) {
        check.requireServable(folders.open(registered.get()));
      }
      return Optional.empty();
    } catch (ModelException e) {
      return Optional.of(refused(e));
    }
  }

  private Outcome activate(
      ModelEntity model, VersionEntity version, Optional<VersionEntity> active, AuditEvent why) {
    version.replaced = active.map(row -> row.version).orElse(null);
    if (active.isPresent()) {
      return changes.replace(model, active.get(), version, why);
    }
    VersionState was = version.state;
    version.become(VersionState.ACTIVE, changes.now());
    return changes.done(model, moved(why, was, VersionState.ACTIVE));
  }

  private Outcome makeCanary(
      ModelEntity model, VersionEntity version, double share, AuditEvent why) {
    VersionState was = version.state;
    Instant now = changes.now();
    repository.canary(version.model).ifPresent(other -> other.endCanary(now));
    repository.flush();
    version.becomeCanary(share, now);
    return changes.done(model, moved(why, was, VersionState.CANARY).detail("share", share));
  }

  private static AuditEvent about(RequestEntity request, AuditEvent event, String step) {
    AuditEvent about =
        event
            .detail("request", request.id)
            .detail("step", step)
            .detail("asked-by", request.requestedBy)
            .detail("asked-for", request.action.name().toLowerCase(Locale.ROOT));
    return request.overrideReason == null
        ? about
        : about.detail("override", request.overrideReason);
  }
}
