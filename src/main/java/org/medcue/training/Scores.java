package org.medcue.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medcue.training.ScoredVisits.Candidate;

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

  /** Counts pooled over visits before dividing. */
  public record Micro(double jaccard, double f1) {}

  private int visits;
  private double jaccard;
  private double f1;
  private double averagePrecision;
  private boolean ranks;
  private long hits;
  private long predicted;
  private long prescribed;

  /** Adds a visit for a system that gives a set of drugs without an order. */
  public void add(Set<String> suggested, Set<String> truth) {
    addSets(suggested, truth);
  }

  /** Adds a visit of which only the drugs from the threshold on are at hand. */
  void add(List<Candidate> candidates, double threshold, Set<String> truth, double precision) {
    Set<String> suggested = new HashSet<>();
    for (Candidate drug : candidates) {
      if (drug.probability() >= threshold) {
        suggested.add(drug.label());
      }
    }
    addSets(suggested, truth);
    averagePrecision += precision;
    ranks = true;
  }

  private void addSets(Set<String> suggested, Set<String> truth) {
    if (truth.isEmpty()) {
      throw new IllegalArgumentException("a scored visit has at least one drug");
    }
    int both = (int) suggested.stream().filter(truth::contains).count();
    visits++;
    jaccard += jaccard(both, suggested.size(), truth.size());
    f1 += 2.0 * both / (suggested.size() + truth.size());
    hits += both;
    predicted += suggested.size();
    prescribed += truth.size();
  }

  /** Intersection over union, from the sizes of intersection and both sets. */
  static double jaccard(int both, int suggested, int truth) {
    return (double) both / (suggested + truth - both);
  }

  /** Average precision of a ranking; drugs that it lacks are never found. */
  static double averagePrecision(List<String> ranked, Set<String> truth) {
    int found = 0;
    double sum = 0;
    for (int i = 0; i < ranked.size() && found < truth.size(); i++) {
      if (truth.contains(ranked.get(i))) {
        found++;
        sum += (double) found / (i + 1);
      }
    }
    return sum / truth.size();
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
    return new Sample(jaccard / n, f1 / n, ranks ? averagePrecision / n : null);
  }

  /** Pooled scores; all zero without visits. */
  public Micro micro() {
    long union = Math.max(1, predicted + prescribed - hits);
    return new Micro((double) hits / union, 2.0 * hits / Math.max(1, predicted + prescribed));
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
