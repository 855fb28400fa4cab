package org.medcue.training.evaluation;

import java.util.Arrays;
import org.medcue.model.learning.Calibration;

/**
 * One scored visit, kept small: labels are numbers, and of the ranking only the top is kept.
 *
 * @param earlierVisits visits of the patient before this one
 * @param earlierWithDrugs those of them with a drug, at least one
 * @param subject who the patient was
 * @param ranked labels from a probability of {@link #LEAST_KEPT} on, most probable first
 * @param probabilities of the ranked labels, uncalibrated
 * @param averagePrecision of the whole ranking
 * @param prescribed labels of the drugs ordered, ascending
 * @param copied labels of the last earlier visit with drugs, ascending
 */
record ScoredVisit(
    int earlierVisits,
    int earlierWithDrugs,
    VisitSubject subject,
    int[] ranked,
    float[] probabilities,
    double averagePrecision,
    int[] prescribed,
    int[] copied) {

  /** Low enough that calibration does not lift what was dropped above a threshold of interest. */
  static final float LEAST_KEPT = 0.001f;

  /** Ranks the labels; of equal probabilities the first in the label space comes first. */
  static ScoredVisit of(
      int earlierVisits,
      int earlierWithDrugs,
      VisitSubject subject,
      float[] scores,
      int[] prescribed,
      int[] copied) {
    int[] ranking = Ranking.of(scores);
    int kept = 0;
    while (kept < ranking.length && scores[ranking[kept]] >= LEAST_KEPT) {
      kept++;
    }
    float[] probabilities = new float[kept];
    for (int i = 0; i < kept; i++) {
      probabilities[i] = scores[ranking[i]];
    }
    return new ScoredVisit(
        earlierVisits,
        earlierWithDrugs,
        subject,
        Arrays.copyOf(ranking, kept),
        probabilities,
        Ranking.averagePrecision(ranking, prescribed),
        prescribed,
        copied);
  }

  /** The same of a system that suggests what was copied, in or out of the label space. */
  ScoredVisit copying() {
    float[] certain = new float[copied.length];
    Arrays.fill(certain, 1);
    return new ScoredVisit(
        earlierVisits, earlierWithDrugs, subject, copied, certain, Double.NaN, prescribed, copied);
  }

  /** The labels predicted: those whose calibrated probability reaches the threshold. */
  int[] predicted(double threshold, Calibration calibration) {
    int count = 0;
    while (count < ranked.length && calibration.ofProbability(probabilities[count]) >= threshold) {
      count++;
    }
    return Arrays.copyOf(ranked, count);
  }

  VisitScore score(double threshold, Calibration calibration) {
    return score(predicted(threshold, calibration), averagePrecision);
  }

  /** The score of the most probable of the labels predicted. */
  VisitScore score(double threshold, Calibration calibration, int limit) {
    int[] predicted = predicted(threshold, calibration);
    int shown = Math.min(limit, predicted.length);
    return score(Arrays.copyOf(predicted, shown), averagePrecision);
  }

  /** The number of drugs prescribed that are among the first labels of the label space. */
  int prescribedWithin(int labels) {
    return (int) Arrays.stream(prescribed).filter(label -> label < labels).count();
  }

  /** The score of copying. */
  VisitScore copyScore() {
    return score(copied, Double.NaN);
  }

  private VisitScore score(int[] predicted, double precision) {
    int hits = 0;
    for (int label : predicted) {
      hits += Arrays.binarySearch(prescribed, label) >= 0 ? 1 : 0;
    }
    return new VisitScore(earlierVisits, hits, predicted.length, prescribed.length, precision);
  }
}
