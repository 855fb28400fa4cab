package org.medcue.recommendation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditEvent.PatientKey;
import org.medcue.audit.AuditTrail;
import org.medcue.platform.Database;
import org.medcue.platform.UnavailableException;
import org.medcue.recommendation.drift.DriftCounter;

/** The append-only log of what was served. No card leaves Medcue that is not in it. */
@ApplicationScoped
public class RecommendationLog {

  private final RecommendationRepository repository;
  private final LogContents contents;
  private final AuditTrail audit;
  private final ShadowScoring shadows;
  private final DriftCounter drift;
  private final AfterCommit afterCommit;
  private final Clock clock;

  RecommendationLog(
      RecommendationRepository repository,
      LogContents contents,
      AuditTrail audit,
      ShadowScoring shadows,
      DriftCounter drift,
      AfterCommit afterCommit,
      Clock clock) {
    this.repository = repository;
    this.contents = contents;
    this.audit = audit;
    this.shadows = shadows;
    this.drift = drift;
    this.afterCommit = afterCommit;
    this.clock = clock;
  }

  /**
   * Writes one entry, whole or not at all.
   *
   * @param recommendation what was recommended
   * @param cards what feedback may refer to
   * @param cardsJson the cards as they go out
   * @param ordersJson the draft orders as the caller wants them back from {@link #input}
   * @param latency from the arrival of the request until now
   * @param dryRun whether the cards are kept from the doctor
   * @throws UnavailableException if the database does not take it
   */
  public void append(
      Recommendation recommendation,
      List<ServedCard> cards,
      String cardsJson,
      String ordersJson,
      Duration latency,
      boolean dryRun) {
    RecommendationEntity entry = entry(recommendation, latency);
    entry.dryRun = dryRun;
    inTransaction(
        () -> {
          contents.seal(recommendation, cardsJson, ordersJson);
          repository.append(entry, cards);
          afterCommit.run(() -> shadows.score(recommendation, cards));
          if (!dryRun) {
            afterCommit.run(() -> recommendation.sample().ifPresent(drift::count));
          }
          audit.append(event(recommendation, cards.size(), dryRun));
          return entry.id;
        });
  }

  /**
   * Notes in the audit trail that nothing could be recommended since required data are missing.
   *
   * @param missing a FHIR resource type
   */
  public void appendLack(HookCall call, String serviceId, String missing) {
    audit.append(event(call, serviceId).detail("missing", missing).failed("data-required"));
  }

  /**
   * One page of what a search finds, newest first.
   *
   * @param viewer who reads it; of each patient shown the audit trail says so
   */
  public LogPage page(Actor viewer, LogSearch search, int page, int size) {
    return inTransaction(
        () -> {
          List<LoggedRecommendation> items =
              read(repository.newestFirst(search, page, size), false);
          LogPage found = new LogPage(items, page, size, repository.count(search));
          audit.append(items.isEmpty() ? List.of(inVain(viewer, search)) : views(viewer, items));
          return found;
        });
  }

  /** Whether somebody is a patient here is something that one can find out, too. */
  private static AuditEvent inVain(Actor viewer, LogSearch search) {
    AuditEvent event =
        AuditEvent.of(AuditAction.VIEW, viewer).about("recommendations").detail("entries", 0);
    return search.tenant().isPresent() && search.patientId().isPresent()
        ? event.patient(search.tenant().get(), search.patientId().get())
        : event;
  }

  /**
   * One entry.
   *
   * @param viewer who reads it; the audit trail says so
   */
  public Optional<LoggedRecommendation> find(Actor viewer, UUID id) {
    return inTransaction(
        () -> {
          Optional<LoggedRecommendation> found =
              repository.findByIdOptional(id).map(entry -> read(List.of(entry), true).get(0));
          audit.append(views(viewer, found.stream().toList()));
          return found;
        });
  }

  /** Entries with their content and what became of their cards. */
  private List<LoggedRecommendation> read(List<RecommendationEntity> entries, boolean whole) {
    Map<UUID, List<ServedCardEntity>> cards =
        entries.isEmpty()
            ? Map.of()
            : repository.cardsOf(entries.stream().map(entry -> entry.id).toList()).stream()
                .collect(Collectors.groupingBy(card -> card.recommendationId));
    return contents.open(entries, cards, whole);
  }

  /** One view a patient: who looked at whom is what will be asked. */
  private static List<AuditEvent> views(Actor viewer, List<LoggedRecommendation> items) {
    return items.stream()
        .collect(
            Collectors.groupingBy(
                item -> new PatientKey(item.tenant(), item.patientId()),
                LinkedHashMap::new,
                Collectors.toList()))
        .entrySet()
        .stream()
        .map(seen -> view(viewer, seen.getKey(), seen.getValue()))
        .toList();
  }

  private static AuditEvent view(
      Actor viewer, PatientKey patient, List<LoggedRecommendation> seen) {
    return AuditEvent.of(AuditAction.VIEW, viewer)
        .about("recommendation/" + seen.get(0).id())
        .detail("entries", seen.size())
        .patient(patient.tenant(), patient.patientId());
  }

  /**
   * What an entry was made of. Empty where there is no such entry or its content is not available;
   * {@link #find} says which.
   */
  public Optional<StoredInput> input(UUID id) {
    return inTransaction(() -> repository.findByIdOptional(id).flatMap(contents::input));
  }

  /**
   * The next entries about a patient, in the order of their identifiers.
   *
   * @param after the last one seen, empty to begin with
   */
  public List<LoggedRecommendation> ofPatient(
      String tenant, String patientId, Optional<UUID> after, int most) {
    return inTransaction(() -> read(repository.ofPatient(tenant, patientId, after, most), true));
  }

  /** Some entries about a patient. */
  public List<UUID> idsOfPatient(String tenant, String patientId, int most) {
    return inTransaction(
        () ->
            repository.ofPatient(tenant, patientId, Optional.empty(), most).stream()
                .map(entry -> entry.id)
                .toList());
  }

  /** Some entries from before an instant, oldest first. */
  public List<UUID> servedBefore(Instant limit, int most) {
    return inTransaction(() -> repository.servedBefore(limit, most));
  }

  /**
   * Deletes entries with their content, cards and suggestions. Feedback about the cards is not the
   * log's: delete it in the same transaction.
   */
  public void forget(Collection<UUID> ids) {
    inTransaction(
        () -> {
          contents.delete(ids);
          return repository.deleteAll(ids);
        });
  }

  /**
   * Codes of drugs on cards that were overridden for the patient of a call in its encounter, or
   * where it names none since an instant.
   */
  public Set<String> overriddenDrugs(HookCall call, Instant since) {
    return inTransaction(() -> Set.copyOf(repository.overriddenDrugs(call, since)));
  }

  /**
   * Notes what counts of all feedback about some cards.
   *
   * @param outcome {@code accepted} or {@code overridden}
   */
  public void noteOutcome(Collection<UUID> cards, String outcome) {
    if (!cards.isEmpty()) {
      inTransaction(
          () -> {
            repository.noteOutcome(cards, outcome);
            return cards.size();
          });
    }
  }

  /** Notes which suggestions of some cards were accepted by the feedback that counts. */
  public void noteAccepted(Collection<UUID> cards, Collection<UUID> suggestions) {
    if (!cards.isEmpty()) {
      inTransaction(
          () -> {
            repository.noteAccepted(cards, suggestions);
            return cards.size();
          });
    }
  }

  /**
   * Which of some identifiers are cards that were served to a tenant, each with its patient. Until
   * the transaction of the caller ends nobody else can lock or delete these cards. Call it as the
   * first thing there: who holds the audit trail must not wait for a card.
   */
  public Map<UUID, String> lockCards(String tenant, Collection<UUID> ids) {
    return ids.isEmpty() ? Map.of() : inTransaction(() -> repository.lockCards(tenant, ids));
  }

  /** Locks all cards of a patient, as {@link #lockCards} does. */
  public void lockCardsOfPatient(String tenant, String patientId) {
    inTransaction(() -> repository.lockCardsOfPatient(tenant, patientId));
  }

  /** Locks the cards of some recommendations, as {@link #lockCards} does, and gives them. */
  public List<UUID> lockCardsOf(Collection<UUID> recommendations) {
    return recommendations.isEmpty()
        ? List.of()
        : inTransaction(() -> repository.lockCardsOf(recommendations));
  }

  /** The cards of some recommendations, by recommendation. */
  public Map<UUID, List<UUID>> cardsOf(Collection<UUID> recommendations) {
    return recommendations.isEmpty()
        ? Map.of()
        : inTransaction(
            () ->
                repository.cardsOf(recommendations).stream()
                    .collect(
                        Collectors.groupingBy(
                            c -> c.recommendationId,
                            Collectors.mapping(c -> c.id, Collectors.toList()))));
  }

  private static AuditEvent event(Recommendation recommendation, int cards, boolean dryRun) {
    AuditEvent event =
        event(recommendation.request().call(), recommendation.request().serviceId())
            .about("recommendation/" + recommendation.id())
            .detail("model", recommendation.modelName() + "/" + recommendation.modelVersion())
            .detail("cards", cards);
    return dryRun ? event.detail("dry-run", true) : event;
  }

  private static AuditEvent event(HookCall call, String serviceId) {
    return AuditEvent.of(AuditAction.RECOMMENDATION, Actor.client(call.tenant(), call.userId()))
        .patient(call.tenant(), call.patientId())
        .detail("hook-instance", call.hookInstance())
        .detail("service", serviceId);
  }

  private RecommendationEntity entry(Recommendation recommendation, Duration latency) {
    RecommendationRequest request = recommendation.request();
    RecommendationEntity entry = new RecommendationEntity();
    entry.id = recommendation.id();
    entry.servedAt = clock.instant();
    entry.serviceId = request.serviceId();
    entry.tenant = request.call().tenant();
    entry.hookInstance = request.call().hookInstance();
    entry.userId = request.call().userId();
    entry.patientId = request.call().patientId();
    entry.encounterId = request.call().encounterId().orElse(null);
    entry.modelName = recommendation.modelName();
    entry.modelVersion = recommendation.modelVersion();
    entry.knowledge = String.join(" ", recommendation.knowledge());
    entry.evidenceDigest = EvidenceDigest.of(request.evidence());
    entry.latencyMillis = latency.toMillis();
    return entry;
  }

  private static <T> T inTransaction(Supplier<T> work) {
    return Database.inTransaction("the recommendation log", work);
  }
}
