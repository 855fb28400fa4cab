package org.medcue.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.medcue.training.TrainingException;

/**
 * What one system gains over another on the same visits. Of a system with several seeds each
 * visit's values are averaged over the seeds first, so the interval speaks of patients alone.
 *
 * @param patients patients compared
 * @param visits visits compared
 * @param jaccard gained
 * @param f1 gained
 * @param prAuc gained, as average precision; NaN where a system does not rank
 * @param micro gained in the scores that are pooled over visits, and over seeds
 */
public record RunComparison(
    int patients, int visits, Gain jaccard, Gain f1, Gain prAuc, MicroGain micro) {

  /**
   * A difference in both averages.
   *
   * @param overVisits each visit counts the same, so patients with many visits count most
   * @param overPatients each patient counts the same: the mean of the patients' means
   */
  public record Gain(PairedDifference overVisits, PairedDifference overPatients) {}

  /** A difference in pooled scores. */
  public record MicroGain(PairedDifference jaccard, PairedDifference f1) {}

  /**
   * Compares two systems.
   *
   * @param ours the runs of a system, one a seed
   * @param theirs the runs of the other, as many or not
   * @throws TrainingException if the runs did not score the same visits
   */
  public static RunComparison between(List<RunScores> ours, List<RunScores> theirs) {
    if (ours.isEmpty() || theirs.isEmpty()) {
      throw new TrainingException("a comparison needs at least one run of each system");
    }
    RunScores first = ours.get(0);
    ours.forEach(run -> requireSameVisits(first, run));
    theirs.forEach(run -> requireSameVisits(first, run));
    return new RunComparison(
        first.patients().size(),
        first.visits(),
        gain(ours, theirs, VisitScore::jaccard),
        gain(ours, theirs, VisitScore::f1),
        gain(ours, theirs, VisitScore::averagePrecision),
        new MicroGain(
            microGain(ours, theirs, VisitScore::hits, VisitScore::union),
            microGain(ours, theirs, visit -> 2 * visit.hits(), VisitScore::named)));
  }

  private static PairedDifference microGain(
      List<RunScores> ours,
      List<RunScores> theirs,
      ToIntFunction<VisitScore> part,
      ToIntFunction<VisitScore> whole) {
    return PairedDifference.of(
        Bootstrap.difference(
            Arrays.stream(pooled(ours, part)).asDoubleStream().toArray(),
            pooled(ours, whole),
            Arrays.stream(pooled(theirs, part)).asDoubleStream().toArray(),
            pooled(theirs, whole)));
  }

  /** For each patient the sum over visits and runs. */
  private static int[] pooled(List<RunScores> runs, ToIntFunction<VisitScore> value) {
    int[] sums = new int[runs.get(0).patients().size()];
    for (RunScores run : runs) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += run.patients().get(i).visits().stream().mapToInt(value).sum();
      }
    }
    return sums;
  }

  private static Gain gain(
      List<RunScores> ours, List<RunScores> theirs, ToDoubleFunction<VisitScore> value) {
    List<RunScores.Patient> patients = ours.get(0).patients();
    double[] sums = new double[patients.size()];
    double[] means = new double[patients.size()];
    int[] counts = new int[patients.size()];
    for (int i = 0; i < sums.length; i++) {
      counts[i] = patients.get(i).visits().size();
      sums[i] = sum(ours, i, value) - sum(theirs, i, value);
      means[i] = sums[i] / counts[i];
    }
    int[] once = new int[patients.size()];
    Arrays.fill(once, 1);
    return new Gain(PairedDifference.of(sums, counts), PairedDifference.of(means, once));
  }

  /** A patient's sum over visits, averaged over runs: the same as averaging each visit first. */
  private static double sum(List<RunScores> runs, int patient, ToDoubleFunction<VisitScore> value) {
    double sum = 0;
    for (RunScores run : runs) {
      for (VisitScore visit : run.patients().get(patient).visits()) {
        sum += value.applyAsDouble(visit);
      }
    }
    return sum / runs.size();
  }

  private static void requireSameVisits(RunScores first, RunScores run) {
    boolean same = first.patients().size() == run.patients().size();
    for (int i = 0; same && i < first.patients().size(); i++) {
      same = sameVisits(first.patients().get(i), run.patients().get(i));
    }
    if (!same) {
      throw new TrainingException(
          String.format(
              "%s (seed %d) and %s (seed %d) did not score the same visits, so they cannot be"
                  + " compared in pairs: run both on the same cohort and split",
              first.system(), first.seed(), run.system(), run.seed()));
    }
  }

  private static boolean sameVisits(RunScores.Patient a, RunScores.Patient b) {
    return a.key().equals(b.key())
        && a.visits().stream()
            .map(VisitScore::earlierVisits)
            .toList()
            .equals(b.visits().stream().map(VisitScore::earlierVisits).toList());
  }
}
