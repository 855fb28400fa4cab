package org.medcue.model.ddn;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * TF-IDF of runs of one to four characters, which need no word list: logarithmic counts, smoothed
 * inverse document frequency, length one. Runs that fewer than two texts have are left out.
 */
public final class CharacterNgrams {

  private static final int LONGEST = 4;
  private static final int FEWEST_TEXTS = 2;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final double[] inverseFrequency;

  /** Learns the runs of some texts. */
  public CharacterNgrams(Collection<String> texts) {
    Map<String, Integer> frequency = new HashMap<>();
    for (String text : texts) {
      counts(text).keySet().forEach(run -> frequency.merge(run, 1, Integer::sum));
    }
    TreeSet<String> kept = new TreeSet<>();
    frequency.forEach(
        (run, count) -> {
          if (count >= FEWEST_TEXTS) {
            kept.add(run);
          }
        });
    inverseFrequency = new double[kept.size()];
    for (String run : kept) {
      int number = numbers.size();
      numbers.put(run, number);
      double share = (1.0 + texts.size()) / (1 + frequency.getOrDefault(run, 0));
      inverseFrequency[number] = 1 + Math.log(share);
    }
  }

  /** The number of runs that are known. */
  public int size() {
    return numbers.size();
  }

  /** A text's runs by number, in order; empty where none is known. */
  public TreeMap<Integer, Double> vector(String text) {
    TreeMap<Integer, Double> vector = new TreeMap<>();
    double squares = 0;
    for (Map.Entry<String, Integer> run : counts(text).entrySet()) {
      Integer number = numbers.get(run.getKey());
      if (number != null) {
        double weight = (1 + Math.log(run.getValue())) * inverseFrequency[number];
        vector.put(number, weight);
        squares += weight * weight;
      }
    }
    double length = Math.sqrt(squares);
    vector.replaceAll((number, weight) -> weight / length);
    return vector;
  }

  private static Map<String, Integer> counts(String text) {
    int[] characters = text.toLowerCase(java.util.Locale.ROOT).codePoints().toArray();
    Map<String, Integer> counts = new HashMap<>();
    for (int from = 0; from < characters.length; from++) {
      for (int length = 1; length <= LONGEST && from + length <= characters.length; length++) {
        counts.merge(new String(characters, from, length), 1, Integer::sum);
      }
    }
    return counts;
  }
}
