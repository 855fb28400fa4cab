package org.medcue.recommendation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.medcue.platform.Database;
import org.medcue.platform.UnavailableException;

/** The append-only log of what was served. No card leaves Medcue that is not in it. */
@ApplicationScoped
public class RecommendationLog {

  private final RecommendationRepository repository;
  private final ObjectMapper json;
  private final Clock clock;

  RecommendationLog(RecommendationRepository repository, ObjectMapper json, Clock clock) {
    this.repository = repository;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Writes one entry, whole or not at all.
   *
   * @param recommendation what was recommended
   * @param cards what feedback may refer to
   * @param cardsJson the cards as they go out, but for what they quote of messages and orders
   * @param latency from the arrival of the request until now
   * @param dryRun whether the cards are kept from the doctor
   * @throws UnavailableException if the database does not take it
   */
  public void append(
      Recommendation recommendation,
      List<ServedCard> cards,
      String cardsJson,
      Duration latency,
      boolean dryRun) {
    RecommendationEntity entry = entry(recommendation, cardsJson, latency);
    entry.dryRun = dryRun;
    inTransaction(
        () -> {
          repository.append(entry, cards);
          return entry.id;
        });
  }

  /** One page, newest first. */
  public LogPage page(int page, int size) {
    return inTransaction(
        () ->
            new LogPage(
                repository.newestFirst(page, size).stream()
                    .map(RecommendationEntity::logged)
                    .toList(),
                page,
                size,
                repository.count()));
  }

  /** One entry. */
  public Optional<LoggedRecommendation> find(UUID id) {
    return inTransaction(() -> repository.findByIdOptional(id).map(RecommendationEntity::logged));
  }

  /**
   * Codes of drugs suggested to the patient of a call in its encounter, or where it names none
   * since an instant, by card.
   */
  public Map<UUID, Set<String>> suggestedDrugs(HookCall call, Instant since) {
    return inTransaction(
        () ->
            repository.suggestions(call, since).stream()
                .collect(
                    Collectors.groupingBy(
                        s -> s.cardId, Collectors.mapping(s -> s.drug, Collectors.toSet()))));
  }

  /** Which of some identifiers are cards that Medcue served to a tenant. */
  public Set<UUID> servedCards(String tenant, Collection<UUID> ids) {
    return ids.isEmpty()
        ? Set.of()
        : inTransaction(
            () ->
                repository.cards(tenant, ids).stream().map(c -> c.id).collect(Collectors.toSet()));
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

  private RecommendationEntity entry(
      Recommendation recommendation, String cardsJson, Duration latency) {
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
    entry.probabilities =
        write(
            recommendation.top().stream()
                .map(s -> Map.of("drug", s.drug().value(), "probability", s.probability()))
                .toList());
    entry.omissions = write(recommendation.omissions());
    entry.cards = cardsJson;
    entry.latencyMillis = latency.toMillis();
    return entry;
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are always writable", e);
    }
  }

  private static <T> T inTransaction(Supplier<T> work) {
    return Database.inTransaction("the recommendation log", work);
  }
}
