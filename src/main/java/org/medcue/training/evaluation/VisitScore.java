package org.medcue.training.evaluation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How a system fared on one visit, or on one dialogue, which counts as a visit; in JSON an array in
 * the order of the components, since a run has thousands.
 *
 * @param earlierVisits visits of the patient before this one, also those without drugs; 0 of a
 *     dialogue
 * @param hits drugs both predicted and prescribed
 * @param predicted drugs predicted
 * @param prescribed drugs prescribed, at least one
 * @param averagePrecision of the whole ranking; NaN for a system that does not rank
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"earlierVisits", "hits", "predicted", "prescribed", "averagePrecision"})
@JsonIgnoreProperties(ignoreUnknown = true)
public record VisitScore(
    int earlierVisits, int hits, int predicted, int prescribed, double averagePrecision) {

  /**
   * @throws IllegalArgumentException if nothing was prescribed or the counts do not fit
   */
  public VisitScore {
    if (prescribed < 1) {
      throw new IllegalArgumentException("a scored visit has at least one drug");
    }
    if (hits < 0 || hits > Math.min(predicted, prescribed)) {
      throw new IllegalArgumentException("more hits than drugs");
    }
  }

  /** Intersection over union. */
  public double jaccard() {
    return (double) hits / union();
  }

  /** Harmonic mean of precision and recall. */
  public double f1() {
    return 2.0 * hits / named();
  }

  /** Drugs predicted or prescribed, each counted once. */
  public int union() {
    return predicted + prescribed - hits;
  }

  /** Drugs predicted and drugs prescribed. */
  public int named() {
    return predicted + prescribed;
  }
}
