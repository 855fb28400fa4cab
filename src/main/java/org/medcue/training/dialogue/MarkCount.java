package org.medcue.training.dialogue;

/**
 * Under the paper's protocol the marks say how many drugs were recommended, as the corpus has one
 * for each (6 of 1,192 dialogues have another besides). A drug's probability becomes that given
 * that exactly so many are, with drugs taken as independent: the order of a dialogue's drugs stays,
 * and one threshold fits dialogues of few and of many drugs.
 */
final class MarkCount {

  private MarkCount() {}

  /**
   * The probabilities given a number of marks; they sum to it.
   *
   * @param marks of the dialogue; where there are none, or so many drugs are not possible, all stay
   *     as they are
   */
  static float[] applied(float[] probabilities, int marks) {
    int drugs = probabilities.length;
    if (marks == 0 || marks >= drugs) {
      return probabilities;
    }
    double[][] before = chances(probabilities, marks);
    double[][] after = chances(reversed(probabilities), marks);
    double all = before[drugs][marks];
    if (all == 0) {
      return probabilities;
    }
    float[] counted = new float[drugs];
    for (int drug = 0; drug < drugs; drug++) {
      double others = 0;
      for (int earlier = 0; earlier < marks; earlier++) {
        others += before[drug][earlier] * after[drugs - 1 - drug][marks - 1 - earlier];
      }
      counted[drug] = (float) Math.min(1, probabilities[drug] * others / all);
    }
    return counted;
  }

  /** The chance that so many (column, to the most) of the first drugs (row) are recommended. */
  private static double[][] chances(float[] probabilities, int most) {
    double[][] chances = new double[probabilities.length + 1][most + 1];
    chances[0][0] = 1;
    for (int drug = 0; drug < probabilities.length; drug++) {
      double probability = probabilities[drug];
      for (int count = 0; count <= most; count++) {
        double one = count == 0 ? 0 : chances[drug][count - 1] * probability;
        chances[drug + 1][count] = chances[drug][count] * (1 - probability) + one;
      }
    }
    return chances;
  }

  private static float[] reversed(float[] values) {
    float[] reversed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return reversed;
  }
}
