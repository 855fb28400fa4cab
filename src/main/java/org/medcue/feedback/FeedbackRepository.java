package org.medcue.feedback;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Reads and appends feedback events. */
@ApplicationScoped
class FeedbackRepository implements PanacheRepository<FeedbackEventEntity> {

  /**
   * Events of some cards in the order in which they count: by the EHR's time, then by arrival. A
   * clock that runs ahead counts as the time of arrival, or its event would stay the last for good.
   * What is no orphan came from the tenant whose card it is; another's event is none about the
   * card.
   */
  List<FeedbackEventEntity> inOrder(Collection<String> cards) {
    return cards.isEmpty()
        ? List.of()
        : list("cardId in ?1 and not orphan order by least(outcomeAt, receivedAt), id", cards);
  }

  /** Events about cards that the tenant has not, oldest first. */
  List<FeedbackEventEntity> orphansBefore(Instant limit, int most) {
    return find("orphan = true and receivedAt < ?1 order by receivedAt, id", limit)
        .page(0, most)
        .list();
  }

  long deleteAll(List<FeedbackEventEntity> events) {
    return events.isEmpty()
        ? 0
        : delete("id in ?1", events.stream().map(event -> event.id).toList());
  }
}
