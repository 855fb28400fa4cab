package org.medcue.registry;

import static org.medcue.registry.ModelChanges.entity;
import static org.medcue.registry.ModelChanges.moved;
import static org.medcue.registry.Outcome.refused;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditEvent;
import org.medcue.registry.Assignment.Assigned;
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
  private final Groundwork groundwork;
  private final ActivationRules rules;

  Approvals(
      ModelChanges changes,
      ModelRepository repository,
      Groundwork groundwork,
      ActivationRules rules) {
    this.changes = changes;
    this.repository = repository;
    this.groundwork = groundwork;
    this.rules = rules;
  }

  /**
   * Asks for a version to be activated, or to become a canary; what is a canary may be asked to
   * become one of another share.
   *
   * @param id of the request to be
   */
  public Outcome request(UUID id, VersionRef ref, Wish wish, Actor actor) {
    OptionalLong any = OptionalLong.empty();
    return groundwork.before(
        () -> changes.look(ref, any, version -> look(version, wish)),
        read ->
            changes.change(
                ref,
                any,
                (model, version) ->
                    rules
                        .refusal(version, repository.active(version.model), wish, read)
                        .or(() -> whyNotAsked(version, wish))
                        .orElseGet(() -> open(id, model, version, wish, actor))));
  }

  private FirstLook look(VersionEntity version, Wish wish) {
    return ActivationRules.illegal(version, wish)
        .or(() -> whyNotAsked(version, wish))
        .map(FirstLook::refused)
        .orElseGet(
            () -> {
              List<Assigned> read = new ArrayList<>(comparedWith(version, wish));
              read.add(version.assigned());
              return FirstLook.reading(read);
            });
  }

  private List<Assigned> comparedWith(VersionEntity version, Wish wish) {
    return ActivationRules.comparedWith(repository.active(version.model), wish);
  }

  private Optional<Outcome> whyNotAsked(VersionEntity version, Wish wish) {
    return repository.openRequests(version.ref()).stream()
            .anyMatch(open -> open.action == wish.action())
        ? Optional.of(
            refused(
                Refusal.REQUEST_OPEN,
                "the same was asked for and waits for another admin to decide"))
        : Optional.empty();
  }

  private Outcome open(UUID id, ModelEntity model, VersionEntity version, Wish wish, Actor actor) {
    RequestEntity request = RequestEntity.open(id, version.ref(), wish, actor, changes.now());
    repository.add(request);
    return changes.done(model, request.event(actor, wish.reason(), "requested"));
  }

  /**
   * Approves what another admin asked for; from then on the version answers. What can be refused at
   * once is, before the version is loaded.
   *
   * @param revision of the model that the decision was made on
   */
  public Outcome approve(VersionRef ref, UUID id, long revision, Actor actor, String reason) {
    OptionalLong seen = OptionalLong.of(revision);
    return groundwork.before(
        () -> changes.look(ref, seen, version -> look(version, id, actor)),
        read ->
            changes.change(
                ref,
                seen,
                (model, version) ->
                    whyNotApproved(version, id, actor, read)
                        .orElseGet(() -> approve(model, version, waiting(id), actor, reason))));
  }

  private FirstLook look(VersionEntity version, UUID id, Actor actor) {
    return whyNotDecided(version.ref(), id)
        .or(() -> whyNotBy(actor, waiting(id)))
        .or(() -> ActivationRules.illegal(version, waiting(id).wish()))
        .map(FirstLook::refused)
        .orElseGet(
            () -> FirstLook.trying(version.assigned(), comparedWith(version, waiting(id).wish())));
  }

  private Optional<Outcome> whyNotApproved(
      VersionEntity version, UUID id, Actor actor, Groundwork.Read read) {
    return whyNotDecided(version.ref(), id)
        .or(() -> whyNotBy(actor, waiting(id)))
        .or(
            () ->
                rules.refusal(version, repository.active(version.model), waiting(id).wish(), read));
  }

  private static Optional<Outcome> whyNotBy(Actor actor, RequestEntity request) {
    return request.requestedBy.equals(actor.name())
        ? Optional.of(
            refused(Refusal.SAME_PERSON, "another admin has to approve what you asked for"))
        : Optional.empty();
  }

  private Outcome approve(
      ModelEntity model, VersionEntity version, RequestEntity request, Actor actor, String reason) {
    request.decide(Status.APPROVED, actor, reason, changes.now());
    AuditEvent why = request.event(actor, reason, "approved");
    return request.canaryShare == null
        ? activate(model, version, why)
        : makeCanary(model, version, request.canaryShare, why);
  }

  /** Declines what an admin asked for; who asked may take it back so. */
  public Outcome decline(VersionRef ref, UUID id, long revision, Actor actor, String reason) {
    return changes.change(
        ref,
        OptionalLong.of(revision),
        (model, version) ->
            whyNotDecided(ref, id)
                .orElseGet(() -> changes.done(model, changes.decline(waiting(id), actor, reason))));
  }

  private Optional<Outcome> whyNotDecided(VersionRef ref, UUID id) {
    Optional<RequestEntity> request =
        repository.request(id).filter(found -> found.ref().equals(ref));
    if (request.isEmpty()) {
      return Optional.of(
          refused(Refusal.NO_SUCH_REQUEST, "no such request was made for this version"));
    }
    return request.get().status == Status.OPEN
        ? Optional.empty()
        : Optional.of(refused(Refusal.REQUEST_DECIDED, "this request was decided on before"));
  }

  /** A request that is known to be there. */
  private RequestEntity waiting(UUID id) {
    return repository.request(id).orElseThrow();
  }

  private Outcome activate(ModelEntity model, VersionEntity version, AuditEvent why) {
    Optional<VersionEntity> active = repository.active(version.model);
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
    List<AuditEvent> events = new ArrayList<>();
    repository
        .canary(version.model)
        .filter(other -> !other.ref().equals(version.ref()))
        .ifPresent(other -> events.add(replaced(other, version, why)));
    repository.flush();
    AuditEvent event = moved(why, version.state, VersionState.CANARY).detail("share", share);
    events.add(
        version.canaryShare == null ? event : event.detail("share-before", version.canaryShare));
    version.becomeCanary(share, changes.now());
    return changes.done(model, events.toArray(AuditEvent[]::new));
  }

  private AuditEvent replaced(VersionEntity canary, VersionEntity by, AuditEvent why) {
    canary.endCanary(changes.now());
    return moved(why.about(entity(canary.ref())), VersionState.CANARY, canary.state)
        .detail("replaced-by", by.version);
  }
}
