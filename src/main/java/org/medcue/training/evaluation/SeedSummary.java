package org.medcue.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.medcue.training.TrainingException;

/**
 * What a system scored over its seeds.
 *
 * @param system its name
 * @param seeds runs
 * @param jaccard averaged over visits
 * @param f1 averaged over visits
 * @param prAuc averaged over visits
 * @param microJaccard pooled over visits
 * @param microF1 pooled over visits
 * @param patientJaccard averaged over each patient's visits, then over patients
 * @param patientPrAuc the same of the average precision
 */
public record SeedSummary(
    String system,
    int seeds,
    Spread jaccard,
    Spread f1,
    Spread prAuc,
    Spread microJaccard,
    Spread microF1,
    Spread patientJaccard,
    Spread patientPrAuc) {

  /**
   * @param mean over seeds
   * @param deviation standard deviation over seeds (n - 1); 0 for a single seed
   */
  public record Spread(double mean, double deviation) {

    static Spread of(double[] values) {
      double mean = Arrays.stream(values).average().orElse(0);
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      return new Spread(mean, Math.sqrt(squares / Math.max(1, values.length - 1)));
    }
  }

  /**
   * Sums up the runs of one system.
   *
   * @param runs one a seed, at least one
   */
  public static SeedSummary of(List<RunScores> runs) {
    if (runs.isEmpty()) {
      throw new TrainingException("a summary needs at least one run");
    }
    return new SeedSummary(
        runs.get(0).system(),
        runs.size(),
        overVisits(runs, VisitScore::jaccard),
        overVisits(runs, VisitScore::f1),
        overVisits(runs, VisitScore::averagePrecision),
        pooled(runs, Scores.Micro::jaccard),
        pooled(runs, Scores.Micro::f1),
        overPatients(runs, VisitScore::jaccard),
        overPatients(runs, VisitScore::averagePrecision));
  }

  /** The same under another name. */
  public SeedSummary named(String name) {
    return new SeedSummary(
        name, seeds, jaccard, f1, prAuc, microJaccard, microF1, patientJaccard, patientPrAuc);
  }

  private static Spread overVisits(List<RunScores> runs, ToDoubleFunction<VisitScore> value) {
    return Spread.of(
        runs.stream()
            .mapToDouble(
                run ->
                    run.patients().stream()
                        .flatMap(patient -> patient.visits().stream())
                        .mapToDouble(value)
                        .average()
                        .orElse(0))
            .toArray());
  }

  private static Spread pooled(List<RunScores> runs, ToDoubleFunction<Scores.Micro> value) {
    return Spread.of(
        runs.stream().mapToDouble(run -> value.applyAsDouble(run.total().micro())).toArray());
  }

  private static Spread overPatients(List<RunScores> runs, ToDoubleFunction<VisitScore> value) {
    return Spread.of(
        runs.stream()
            .mapToDouble(
                run ->
                    run.patients().stream()
                        .mapToDouble(
                            p -> p.visits().stream().mapToDouble(value).average().orElse(0))
                        .average()
                        .orElse(0))
            .toArray());
  }
}
