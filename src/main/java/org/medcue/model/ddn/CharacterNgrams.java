package org.medcue.model.ddn;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * TF-IDF of runs of one to four characters, which need no word list: logarithmic counts, smoothed
 * inverse document frequency, length one. Rare runs are left out.
 */
public final class CharacterNgrams {

  private static final int LONGEST = 4;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final float[] inverseFrequency;

  /**
   * What is known, as JSON.
   *
   * @param runs in the order of their numbers
   * @param inverseFrequency of each
   */
  record Known(List<String> runs, float[] inverseFrequency) {

    Known {
      runs = List.copyOf(runs);
      if (runs.size() != inverseFrequency.length) {
        throw new IllegalArgumentException("each run needs a frequency");
      }
    }
  }

  CharacterNgrams(Known known) {
    known.runs.forEach(run -> numbers.put(run, numbers.size()));
    inverseFrequency = known.inverseFrequency;
  }

  Known known() {
    String[] runs = new String[numbers.size()];
    numbers.forEach((run, number) -> runs[number] = run);
    return new Known(List.of(runs), inverseFrequency);
  }

  /**
   * Learns the runs of some texts.
   *
   * @param fewest texts that must have a run for it to be learned
   */
  public CharacterNgrams(Collection<String> texts, int fewest) {
    Map<String, Integer> frequency = new HashMap<>();
    for (String text : texts) {
      counts(text).keySet().forEach(run -> frequency.merge(run, 1, Integer::sum));
    }
    TreeSet<String> kept = new TreeSet<>();
    frequency.forEach(
        (run, count) -> {
          if (count >= fewest) {
            kept.add(run);
          }
        });
    inverseFrequency = new float[kept.size()];
    for (String run : kept) {
      int number = numbers.size();
      numbers.put(run, number);
      double share = (1.0 + texts.size()) / (1 + frequency.getOrDefault(run, 0));
      inverseFrequency[number] = (float) (1 + Math.log(share));
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
