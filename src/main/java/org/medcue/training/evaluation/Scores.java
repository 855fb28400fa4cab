package org.medcue.training.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Multi-label scores of one system over scored visits (MODELS.md, "Measuring"): sample-averaged and
 * micro Jaccard and F1, and PR-AUC as average precision per sample. Drugs outside the label space
 * count as false negatives.
 */
public final class Scores {

  /**
   * Means over visits, all between 0 and 1.
   *
   * @param jaccard size of intersection over size of union
   * @param f1 harmonic mean of precision and recall
   * @param prAuc average precision; null for a system that does not rank
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Sample(double jaccard, double f1, @Nullable Double prAuc) {}

  /**
   * Counts pooled over visits before dividing.
   *
   * @param jaccard hits over hits and misses of both kinds
   * @param f1 harmonic mean of precision and recall
   * @param precision share of the drugs predicted that were prescribed
   * @param recall share of the drugs prescribed that were predicted
   */
  public record Micro(double jaccard, double f1, double precision, double recall) {}

  private int visits;
  private double jaccard;
  private double f1;
  private double averagePrecision;
  private long hits;
  private long predicted;
  private long prescribed;

  /** Adds a visit. */
  public void add(VisitScore visit) {
    visits++;
    jaccard += visit.jaccard();
    f1 += visit.f1();
    averagePrecision += visit.averagePrecision();
    hits += visit.hits();
    predicted += visit.predicted();
    prescribed += visit.prescribed();
  }

  /** The number of visits added. */
  public int visits() {
    return visits;
  }

  /** Mean average precision of a system that ranks; 0 without visits. */
  public double prAuc() {
    return averagePrecision / Math.max(1, visits);
  }

  /** Sample-averaged scores; all zero without visits. */
  public Sample sample() {
    double n = Math.max(1, visits);
    boolean ranks = visits > 0 && !Double.isNaN(averagePrecision);
    return new Sample(jaccard / n, f1 / n, ranks ? averagePrecision / n : null);
  }

  /** Pooled scores; all zero without visits. */
  public Micro micro() {
    return new Micro(
        share(hits, predicted + prescribed - hits),
        share(2 * hits, predicted + prescribed),
        share(hits, predicted),
        share(hits, prescribed));
  }

  /** Share of the drugs predicted that were prescribed; null where none was predicted. */
  public @Nullable Double precision() {
    return predicted == 0 ? null : share(hits, predicted);
  }

  private static double share(long part, long whole) {
    return (double) part / Math.max(1, whole);
  }

  /** Mean number of drugs predicted a visit. */
  public double meanPredicted() {
    return (double) predicted / Math.max(1, visits);
  }

  /** Mean number of drugs prescribed a visit. */
  public double meanPrescribed() {
    return (double) prescribed / Math.max(1, visits);
  }
}
