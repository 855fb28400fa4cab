package org.medcue.training.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * Results within a group of visits. Reports travel with versions, so a group of fewer than 10
 * patients keeps its name alone: its scores would say something of single patients. The groups of
 * an attribute part all visits, so that what one lacks follows from the others and the totals;
 * where one alone would be hidden, the smallest of the others is hidden with it.
 *
 * @param name of the group
 * @param patients with a visit in it; absent where hidden
 * @param visits in it; absent where hidden
 * @param few whether it says little: fewer than 20 visits, or hidden
 * @param scores in JSON beside the other fields; absent where hidden
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Stratum(
    String name,
    @Nullable Integer patients,
    @Nullable Integer visits,
    boolean few,
    @JsonUnwrapped @Nullable GroupScores scores) {

  /** Groups of fewer patients are hidden. */
  public static final int LEAST_PATIENTS = 10;

  private static final int FEW_VISITS = 20;

  /**
   * Scores of a group that is shown.
   *
   * @param sample averaged over its visits
   * @param jaccardLow lower end of the 95 % bootstrap interval over patients
   * @param jaccardHigh its upper end
   * @param meanPredicted drugs a visit
   * @param meanPrescribed drugs a visit
   * @param copyLastVisitJaccard sample-averaged Jaccard of copying in the same visits
   */
  public record GroupScores(
      Scores.Sample sample,
      double jaccardLow,
      double jaccardHigh,
      double meanPredicted,
      double meanPrescribed,
      double copyLastVisitJaccard) {}

  /** Applies the rule for small groups. */
  static Stratum of(String name, int patients, int visits, GroupScores scores) {
    return patients < LEAST_PATIENTS
        ? hidden(name)
        : new Stratum(name, patients, visits, visits < FEW_VISITS, scores);
  }

  /** A group of which nothing but the name is told. */
  static Stratum hidden(String name) {
    return new Stratum(name, null, null, true, null);
  }
}
