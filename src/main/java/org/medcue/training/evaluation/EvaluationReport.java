package org.medcue.training.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found; shares and scores between 0 and 1.
 *
 * @param model name and version
 * @param part which patients were scored: all, train, validation or test
 * @param patients patients with at least one scored visit
 * @param visits scored visits: at least one drug, and an earlier visit with one
 * @param threshold calibrated probability from which a drug counted as predicted
 * @param metrics of the model
 * @param baselines of systems without learning
 * @param asServed what a card would show of it
 * @param labelCoverage share of the drugs prescribed at scored visits that are in the model's label
 *     space: no recall can be higher
 * @param aboveCopyLastVisit the model's sample-averaged Jaccard less that of copying, paired
 * @param calibration of the probabilities, before and after the temperature
 * @param interactions among the drugs; absent where no table was at hand
 * @param strata results by {@code earlierVisits}, {@code earlierVisitsWithDrugs}, {@code ageBand}
 *     and {@code sex}
 * @param thresholds what other thresholds would give
 * @param codeCoverage by field
 * @param caution why the figures may flatter the model; absent where nothing is known that would
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationReport(
    String model,
    String part,
    int patients,
    int visits,
    double threshold,
    Metrics metrics,
    Baselines baselines,
    AsServed asServed,
    double labelCoverage,
    PairedDifference aboveCopyLastVisit,
    CalibrationReport calibration,
    @Nullable Interactions interactions,
    Map<String, List<Stratum>> strata,
    List<ThresholdPoint> thresholds,
    Map<String, Coverage> codeCoverage,
    @Nullable String caution) {

  /** Scores of copying the drugs of the last visit that had any. */
  public record Baselines(Metrics copyLastVisit) {}

  /**
   * Scores of one system.
   *
   * @param sample averaged over visits
   * @param micro pooled over visits
   * @param perPatient the same for each patient, then averaged over patients
   * @param meanPredicted drugs a visit
   * @param meanPrescribed drugs a visit
   */
  public record Metrics(
      Scores.Sample sample,
      Scores.Micro micro,
      PerPatient perPatient,
      double meanPredicted,
      double meanPrescribed) {}

  /**
   * Scores in which every patient counts the same.
   *
   * @param sample mean over patients of the means over their visits
   * @param micro mean over patients of what their pooled visits give
   */
  public record PerPatient(Scores.Sample sample, Scores.Micro micro) {}

  /**
   * Calibration by temperature, which is fitted on validation patients.
   *
   * @param temperature what logits were divided by
   * @param eceBefore expected calibration error of the model's own probabilities
   * @param eceAfter the same once calibrated
   * @param eceIsotonic what any rising curve fitted on the same patients would reach; absent where
   *     none was fitted
   * @param brierBefore Brier score over all pairs of visit and label
   * @param brierAfter the same once calibrated
   * @param binsBefore reliability of the model's own probabilities
   * @param bins reliability once calibrated
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CalibrationReport(
      double temperature,
      double eceBefore,
      double eceAfter,
      @Nullable Double eceIsotonic,
      double brierBefore,
      double brierAfter,
      List<CalibrationCurve.Bin> binsBefore,
      List<CalibrationCurve.Bin> bins) {}

  /**
   * What a threshold gives.
   *
   * @param threshold calibrated probability
   * @param jaccard sample-averaged
   * @param precision share of all drugs predicted that were prescribed; null where none was
   *     predicted, for then there is no such share
   * @param recall share of all drugs prescribed that were predicted
   * @param meanPredicted drugs a visit
   */
  public record ThresholdPoint(
      double threshold,
      double jaccard,
      @Nullable Double precision,
      double recall,
      double meanPredicted) {}

  /** An attribute of {@code strata} in words. */
  public static String nameOf(String attribute) {
    return attribute.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  /** Whether nothing is known of an attribute, so that its groups say nothing. */
  public static boolean isUnknown(List<Stratum> strata) {
    return strata.stream().allMatch(stratum -> stratum.name().equals(Strata.UNKNOWN));
  }

  /** Shares of code occurrences that the model knew exactly, through an ancestor, not at all. */
  public record Coverage(long occurrences, double exact, double ancestor, double unknown) {}
}
