package org.medcue.training.dialogue;

/**
 * Under the paper's protocol the marks say how many drugs were recommended. The logits of a
 * dialogue are shifted alike until the probabilities sum to that number: the order of its drugs
 * stays, and one threshold fits dialogues of few and of many drugs.
 */
final class MarkCount {

  private static final int HALVINGS = 60;
  private static final double WIDEST = 60;

  private MarkCount() {}

  /**
   * The probabilities that sum to a number of marks.
   *
   * @param marks of the dialogue; 0, or as many as there are drugs, leaves all as they are
   */
  static float[] applied(float[] probabilities, int marks) {
    if (marks == 0 || marks >= probabilities.length) {
      return probabilities;
    }
    double low = -WIDEST;
    double high = WIDEST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (float probability : probabilities) {
        sum += shifted(probability, middle);
      }
      if (sum < marks) {
        low = middle;
      } else {
        high = middle;
      }
    }
    float[] counted = new float[probabilities.length];
    for (int drug = 0; drug < counted.length; drug++) {
      counted[drug] = (float) shifted(probabilities[drug], low);
    }
    return counted;
  }

  private static double shifted(double probability, double shift) {
    double odds = probability / (1 - probability) * Math.exp(shift);
    return Double.isInfinite(odds) ? 1 : odds / (1 + odds);
  }
}
