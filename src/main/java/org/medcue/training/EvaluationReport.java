package org.medcue.training;

import java.util.Map;

/**
 * What an evaluation found; shares and scores between 0 and 1.
 *
 * @param model name and version
 * @param part which patients were scored: all, train, validation or test
 * @param patients patients with at least one scored visit
 * @param visits scored visits: at least one drug, and an earlier visit with one
 * @param threshold probability from which a drug counted as predicted
 * @param metrics of the model
 * @param baselines of systems without learning
 * @param aboveCopyLastVisit the model's sample-averaged Jaccard less that of copying, paired
 * @param codeCoverage by field
 */
public record EvaluationReport(
    String model,
    String part,
    int patients,
    int visits,
    double threshold,
    Metrics metrics,
    Baselines baselines,
    PairedDifference aboveCopyLastVisit,
    Map<String, Coverage> codeCoverage) {

  /** Scores of copying the drugs of the last visit that had any. */
  public record Baselines(Metrics copyLastVisit) {}

  /** Scores of one system. */
  public record Metrics(
      Scores.Sample sample,
      Scores.Micro micro,
      double patientJaccard,
      double meanPredicted,
      double meanPrescribed) {}

  /** Shares of code occurrences that the model knew exactly, through an ancestor, not at all. */
  public record Coverage(long occurrences, double exact, double ancestor, double unknown) {}
}
