package org.medcue.training.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * Results within a group of visits. Reports travel with versions, so a group of fewer than 10
 * patients keeps its name alone, and its visits where they are 10 or more: its scores would say
 * something of single patients. This hides no more than the group itself: the groups of an
 * attribute part all visits, so where one alone is hidden, its visits and means follow from the
 * totals. Who must rule that out has to leave out a second group.
 *
 * @param name of the group
 * @param patients with a visit in it; absent where fewer than 10
 * @param visits in it; absent where patients are hidden and the visits are fewer than 10 too
 * @param few whether it says little: fewer than 20 visits or 10 patients
 * @param scores in JSON beside the other fields; absent where patients are fewer than 10
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Stratum(
    String name,
    @Nullable Integer patients,
    @Nullable Integer visits,
    boolean few,
    @JsonUnwrapped @Nullable GroupScores scores) {

  /** Groups of fewer patients are hidden. */
  static final int LEAST_PATIENTS = 10;

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
    boolean hidden = patients < LEAST_PATIENTS;
    return new Stratum(
        name,
        hidden ? null : patients,
        hidden && visits < LEAST_PATIENTS ? null : visits,
        hidden || visits < FEW_VISITS,
        hidden ? null : scores);
  }

  /** A count for a person: {@code <10} where it is hidden. */
  public static String count(@Nullable Integer count) {
    return count == null ? "<" + LEAST_PATIENTS : String.valueOf(count);
  }
}
