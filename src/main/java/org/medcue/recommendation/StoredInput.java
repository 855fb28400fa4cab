package org.medcue.recommendation;

import java.util.List;
import org.medcue.clinical.ScoredDrug;

/**
 * All that a logged recommendation was made of, so that it can be made again.
 *
 * @param request equal to the one at the time; its evidence has the digest that the log names
 * @param orders the draft orders as {@link RecommendationLog#append} was given them (JSON)
 * @param confidenceFloor the least probability at the time, 0 to 1
 * @param limit the most drugs in one answer at the time
 * @param scores the highest scores of the prediction at the time, first to last
 */
public record StoredInput(
    RecommendationRequest request,
    String orders,
    double confidenceFloor,
    int limit,
    List<ScoredDrug> scores) {

  public StoredInput {
    scores = List.copyOf(scores);
  }
}
