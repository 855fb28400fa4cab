package org.medcue.feedback;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditTrail;
import org.medcue.feedback.FeedbackItem.Outcome;
import org.medcue.feedback.FeedbackItem.Reason;
import org.medcue.platform.Database;
import org.medcue.platform.UnavailableException;
import org.medcue.recommendation.HookCall;
import org.medcue.recommendation.RecommendationLog;

/** Keeps every outcome that EHRs report, and says which one counts. */
@ApplicationScoped
public class FeedbackService {

  /** Rolling, since a calendar day ends in the midst of somebody's shift. */
  private static final Duration A_DAY = Duration.ofHours(24);

  private static final String ACCEPTED = code(Outcome.ACCEPTED);

  private final FeedbackRepository repository;
  private final RecommendationLog log;
  private final DoctorsWords words;
  private final AuditTrail audit;
  private final Clock clock;

  FeedbackService(
      FeedbackRepository repository,
      RecommendationLog log,
      DoctorsWords words,
      AuditTrail audit,
      Clock clock) {
    this.repository = repository;
    this.log = log;
    this.words = words;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Appends events, all or none. Events about cards that were never served to the tenant, or are
   * erased by now, are kept as orphans: no event of a tenant tells anything of another's cards.
   *
   * @throws UnavailableException if the database does not take them
   */
  public void record(String tenant, String serviceId, List<FeedbackItem> items) {
    Set<UUID> cards =
        items.stream().flatMap(item -> uuid(item.card()).stream()).collect(Collectors.toSet());
    Instant now = clock.instant();
    inTransaction(
        () -> {
          // From here on nobody else tells of these cards, nor erases them
          Map<UUID, String> patients = log.lockCards(tenant, cards);
          for (FeedbackItem item : items) {
            append(
                event(tenant, serviceId, item, now, patientOf(item, patients).isPresent()), item);
          }
          noteOutcomes(patients.keySet());
          audit.append(auditEvents(tenant, items, patients));
          return items.size();
        });
  }

  /** The event has no identifier before it is stored, and its words are sealed for that. */
  private void append(FeedbackEventEntity event, FeedbackItem item) {
    event.sealedWords = words.in(item);
    repository.persist(event);
    words.seal(event, item);
  }

  /** Every event of their tenant about some cards, oldest first, with what the doctor wrote. */
  public List<LoggedFeedback> of(Collection<UUID> cards) {
    List<String> ids = cards.stream().map(UUID::toString).toList();
    return inTransaction(() -> words.open(repository.inOrder(ids)));
  }

  /**
   * Deletes every event of their tenant about some cards, with what the doctor wrote; returns how
   * many. Where feedback may come meanwhile, lock the cards before.
   */
  public long forget(Collection<UUID> cards) {
    List<String> ids = cards.stream().map(UUID::toString).toList();
    return inTransaction(() -> delete(repository.inOrder(ids)));
  }

  /** Deletes the oldest events about unknown cards from before an instant; returns how many. */
  public long forgetOrphans(Instant limit, int most) {
    return inTransaction(() -> delete(repository.orphansBefore(limit, most)));
  }

  private long delete(List<FeedbackEventEntity> events) {
    words.delete(events);
    return repository.deleteAll(events);
  }

  private void noteOutcomes(Collection<UUID> cards) {
    Map<String, FeedbackEventEntity> last = new HashMap<>();
    for (FeedbackEventEntity event :
        repository.inOrder(cards.stream().map(UUID::toString).toList())) {
      last.put(event.cardId, event);
    }
    last.values().stream()
        .collect(Collectors.groupingBy(event -> event.outcome, TreeMap::new, Collectors.toList()))
        .forEach(
            (outcome, events) ->
                log.noteOutcome(
                    events.stream().map(event -> UUID.fromString(event.cardId)).toList(), outcome));
    log.noteAccepted(
        cards,
        last.values().stream().flatMap(FeedbackService::accepted).collect(Collectors.toSet()));
  }

  private static Stream<UUID> accepted(FeedbackEventEntity event) {
    return event.outcome.equals(ACCEPTED)
        ? Stream.of(event.acceptedSuggestions.split(" ")).flatMap(id -> uuid(id).stream())
        : Stream.empty();
  }

  /**
   * Codes of the drugs on cards that the doctor rejected for the patient of a call in its
   * encounter, or where it names none, in the last 24 hours.
   */
  public Set<String> rejectedDrugs(HookCall call) {
    return log.overriddenDrugs(call, clock.instant().minus(A_DAY));
  }

  private static FeedbackEventEntity event(
      String tenant, String serviceId, FeedbackItem item, Instant now, boolean served) {
    FeedbackEventEntity event = new FeedbackEventEntity();
    event.receivedAt = now;
    event.tenant = tenant;
    event.serviceId = serviceId;
    event.cardId = uuid(item.card()).map(UUID::toString).orElse(item.card());
    event.outcome = code(item.outcome());
    event.outcomeAt = item.at();
    event.acceptedSuggestions = String.join(" ", item.acceptedSuggestions());
    event.reasonSystem = text(item.reason().flatMap(Reason::system));
    event.reasonCode = text(item.reason().flatMap(Reason::code));
    event.orphan = !served;
    return event;
  }

  private static String code(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /** PostgreSQL takes no NUL in a text, JSON does. */
  private static @Nullable String text(Optional<String> text) {
    return text.map(t -> t.replace("\0", "")).orElse(null);
  }

  private static Optional<String> patientOf(FeedbackItem item, Map<UUID, String> patients) {
    return uuid(item.card()).flatMap(card -> Optional.ofNullable(patients.get(card)));
  }

  /** One a card; what is told of cards that are not there is counted: it may be anything. */
  private static List<AuditEvent> auditEvents(
      String tenant, List<FeedbackItem> items, Map<UUID, String> patients) {
    AuditEvent feedback = AuditEvent.of(AuditAction.FEEDBACK, Actor.client(tenant, tenant));
    List<AuditEvent> events = new ArrayList<>();
    for (FeedbackItem item : items) {
      patientOf(item, patients)
          .ifPresent(
              patient ->
                  events.add(
                      feedback
                          .about("card/" + UUID.fromString(item.card()))
                          .detail("outcome", code(item.outcome()))
                          .patient(tenant, patient)));
    }
    int orphans = items.size() - events.size();
    if (orphans > 0) {
      events.add(feedback.about("card/unknown").detail("orphans", orphans));
    }
    return events;
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static <T> T inTransaction(Supplier<T> work) {
    return Database.inTransaction("the feedback store", work);
  }
}
