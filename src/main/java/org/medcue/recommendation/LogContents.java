package org.medcue.recommendation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.medcue.platform.sealing.Opened;
import org.medcue.platform.sealing.Place;
import org.medcue.platform.sealing.SealedStore;
import org.medcue.recommendation.LoggedRecommendation.Clinical;

/** The clinical content of log entries, kept sealed beside them. */
@ApplicationScoped
class LogContents {

  private final SealedStore store;
  private final SuggestionsConfig settings;

  LogContents(SealedStore store, SuggestionsConfig settings) {
    this.store = store;
    this.settings = settings;
  }

  void seal(Recommendation recommendation, String cardsJson, String ordersJson) {
    SealedContent content = SealedContent.of(recommendation, settings, cardsJson, ordersJson);
    store.put(place(recommendation.id()), content.bytes());
  }

  /**
   * Entries with their content.
   *
   * @param cards that were served, by entry
   * @param whole with what was asked, not only with what was answered
   */
  List<LoggedRecommendation> open(
      List<RecommendationEntity> entries, Map<UUID, List<ServedCardEntity>> cards, boolean whole) {
    Map<String, Opened> opened =
        store.open(SealedContent.KIND, entries.stream().map(entry -> entry.id.toString()).toList());
    return entries.stream()
        .map(
            entry ->
                entry.logged(
                    clinical(Objects.requireNonNull(opened.get(entry.id.toString())), whole),
                    cards.getOrDefault(entry.id, List.of())))
        .toList();
  }

  Optional<StoredInput> input(RecommendationEntity entry) {
    return store.open(place(entry.id)) instanceof Opened.Content content
        ? Optional.of(SealedContent.of(content.bytes()).input(entry.serviceId, entry.call()))
        : Optional.empty();
  }

  void delete(Collection<UUID> ids) {
    store.delete(SealedContent.KIND, ids.stream().map(UUID::toString).toList());
  }

  private static Clinical clinical(Opened opened, boolean whole) {
    if (opened instanceof Opened.Content content) {
      return clinical(content.state(), SealedContent.of(content.bytes()), whole);
    }
    return Clinical.unavailable(opened.state());
  }

  private static Clinical clinical(String state, SealedContent content, boolean whole) {
    return new Clinical(
        state,
        whole ? content.asked() : null,
        content.part("probabilities"),
        content.part("omissions"),
        content.part("cards"));
  }

  private static Place place(UUID id) {
    return new Place(SealedContent.KIND, id.toString());
  }
}
