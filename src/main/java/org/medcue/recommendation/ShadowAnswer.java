package org.medcue.recommendation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a version would have offered in the place of the one that answered.
 *
 * @param recommendation that was served
 * @param model the name of both
 * @param answered the version that answered
 * @param version the one that is compared
 * @param agreement of the drugs offered (Jaccard), 0 to 1; empty where it failed
 * @param madeToo suggestions served that it would have made, too
 * @param answeredTime how long the prediction took that answered
 * @param time how long the compared one took
 */
record ShadowAnswer(
    UUID recommendation,
    String model,
    String answered,
    String version,
    Optional<Double> agreement,
    List<UUID> madeToo,
    Duration answeredTime,
    Duration time) {

  ShadowAnswer {
    madeToo = List.copyOf(madeToo);
  }
}
