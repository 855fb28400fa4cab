package org.medcue.training.evaluation;

import java.util.Arrays;

/** Labels in the order of their probabilities. */
public final class Ranking {

  private Ranking() {}

  /**
   * Ranks the labels, most probable first; of equal probabilities the first label comes first.
   *
   * @param scores a probability for each label
   * @throws IllegalArgumentException if a score is not a probability
   */
  public static int[] of(float[] scores) {
    long[] order = new long[scores.length];
    for (int label = 0; label < scores.length; label++) {
      if (!(scores[label] >= 0 && scores[label] <= 1)) {
        throw new IllegalArgumentException("a score is not a probability: " + scores[label]);
      }
      // The bits of floats from 0 on are in the order of the floats
      order[label] = -((long) Float.floatToIntBits(scores[label]) << 32) + label;
    }
    Arrays.sort(order);
    return Arrays.stream(order).mapToInt(key -> (int) key).toArray();
  }

  /**
   * Average precision of a ranking; drugs that it lacks are never found.
   *
   * @param prescribed labels, ascending
   */
  public static double averagePrecision(int[] ranking, int[] prescribed) {
    int found = 0;
    double sum = 0;
    for (int i = 0; i < ranking.length && found < prescribed.length; i++) {
      if (Arrays.binarySearch(prescribed, ranking[i]) >= 0) {
        found++;
        sum += (double) found / (i + 1);
      }
    }
    return sum / prescribed.length;
  }
}
