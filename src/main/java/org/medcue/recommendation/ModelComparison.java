package org.medcue.recommendation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How versions of a model stand to each other, by what was asked of them in use.
 *
 * @param model its name
 * @param from the first day of the answers, in UTC
 * @param to the last day
 * @param challengers versions that scored what others answered
 * @param acceptance of what each version answered
 */
public record ModelComparison(
    String model,
    LocalDate from,
    LocalDate to,
    List<Challenger> challengers,
    List<Acceptance> acceptance) {

  /**
   * A version against one that answered.
   *
   * @param version that was compared
   * @param answered the version that answered
   * @param answers that were compared, without those that failed
   * @param failed predictions of the challenger that failed or were refused
   * @param agreement mean of the Jaccard agreement of the drugs offered, 0 to 1; left out where
   *     nothing was compared
   * @param accepted suggestions of those answers that doctors accepted
   * @param madeToo how many of these the challenger would have made, too
   * @param latency of the challenger's predictions
   * @param answeredLatency of the predictions that answered
   */
  public record Challenger(
      String version,
      String answered,
      long answers,
      long failed,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> agreement,
      long accepted,
      long madeToo,
      Latency latency,
      Latency answeredLatency) {}

  /** Percentiles in milliseconds; left out where nothing was compared. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Latency(Optional<Double> p50, Optional<Double> p95) {}

  /**
   * What doctors did with the cards of a version.
   *
   * @param version that answered
   * @param cards of which doctors said something
   * @param accepted of these
   */
  public record Acceptance(String version, long cards, long accepted) {}

  public ModelComparison {
    challengers = List.copyOf(challengers);
    acceptance = List.copyOf(acceptance);
  }
}
