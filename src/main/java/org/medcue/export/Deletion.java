package org.medcue.export;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.medcue.feedback.FeedbackService;
import org.medcue.recommendation.RecommendationLog;

/** Deletes log entries with all that hangs on them. */
@ApplicationScoped
class Deletion {

  /**
   * How much went.
   *
   * @param recommendations entries of the log, with content, cards and suggestions
   * @param feedback events about their cards
   */
  record Count(long recommendations, long feedback) {

    static final Count NONE = new Count(0, 0);

    Count plus(Count more) {
      return new Count(recommendations + more.recommendations, feedback + more.feedback);
    }
  }

  private final RecommendationLog log;
  private final FeedbackService feedback;

  Deletion(RecommendationLog log, FeedbackService feedback) {
    this.log = log;
    this.feedback = feedback;
  }

  /** In the transaction of the caller, who has one and has not yet appended to the audit trail. */
  Count delete(Collection<UUID> recommendations) {
    if (recommendations.isEmpty()) {
      return Count.NONE;
    }
    // Waits for feedback that is under way, so that none is left behind
    List<UUID> cards = log.lockCardsOf(recommendations);
    long events = cards.isEmpty() ? 0 : feedback.forget(cards);
    log.forget(recommendations);
    return new Count(recommendations.size(), events);
  }
}
