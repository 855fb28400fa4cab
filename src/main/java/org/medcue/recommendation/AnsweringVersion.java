package org.medcue.recommendation;

import org.medcue.knowledge.Terminology;
import org.medcue.serving.ModelLease;

/** The model version that answers one call, from reading what was sent to the recommendation. */
public final class AnsweringVersion implements AutoCloseable {

  private final ModelLease lease;
  private final RecommendationService service;

  AnsweringVersion(ModelLease lease, RecommendationService service) {
    this.lease = lease;
    this.service = service;
  }

  /** What the call is to be read by. */
  public Terminology terminology() {
    return lease.terminology();
  }

  /**
   * Predicts, checks, ranks and explains. Nothing is logged yet: that happens with the cards.
   *
   * @param request read by this terminology
   */
  public Recommendation recommend(RecommendationRequest request) {
    return service.recommend(request, lease);
  }

  @Override
  public void close() {
    lease.close();
  }
}
