package org.medcue.training.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medcue.model.learning.Calibration;
import org.medcue.model.profile.Observation;

/**
 * What a card would show: of the drugs whose calibrated probability reaches the floor the most
 * probable, up to the limit. What the service withholds besides (drafts, allergies, drugs rejected
 * earlier) is not known of a recorded visit and counts as shown.
 *
 * @param confidenceFloor least calibrated probability of a drug shown
 * @param limit the most drugs shown at one visit
 * @param jaccard of drugs shown and prescribed, averaged over visits
 * @param precision share of all drugs shown that were prescribed; absent where none was shown
 * @param recall share of all drugs prescribed that were shown
 * @param meanShown drugs a visit
 * @param visitsWithHit share of visits at which at least one prescribed drug was shown
 */
public record AsServed(
    double confidenceFloor,
    int limit,
    double jaccard,
    @Nullable Double precision,
    double recall,
    double meanShown,
    double visitsWithHit) {

  /** The service's defaults. */
  public static final double CONFIDENCE_FLOOR = Observation.FLOOR;

  public static final int LIMIT = Observation.MOST;

  static AsServed of(List<ScoredVisits> patients, Calibration calibration) {
    return of(
        patients.stream()
            .flatMap(patient -> patient.visits().stream())
            .map(visit -> visit.score(CONFIDENCE_FLOOR, calibration, LIMIT))
            .toList());
  }

  /**
   * Sums up.
   *
   * @param cards the score of what each would show; a dialogue counts as a visit
   */
  public static AsServed of(List<VisitScore> cards) {
    Scores shown = new Scores();
    cards.forEach(shown::add);
    long withHit = cards.stream().filter(card -> card.hits() > 0).count();
    return new AsServed(
        CONFIDENCE_FLOOR,
        LIMIT,
        shown.sample().jaccard(),
        shown.precision(),
        shown.micro().recall(),
        shown.meanPredicted(),
        (double) withHit / Math.max(1, cards.size()));
  }
}
