package org.medcue.model.profile;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How often each value of something occurred: the most frequent values as bins, the rest as one.
 *
 * @param total occurrences counted
 * @param shares by bin, the most frequent value first, {@link #OTHER} last; they sum to 1, or are
 *     none where nothing was counted
 */
public record Distribution(long total, Map<String, Double> shares) {

  /** The bin of all values that have none. */
  public static final String OTHER = "other";

  /** Profiles are made with 51; drift is told by each of them. */
  private static final int MOST_BINS = 200;

  /**
   * A field that a JSON file lacks would arrive as null: refused, by name.
   *
   * @throws IllegalArgumentException if there are more than 200 bins
   */
  public Distribution {
    if (requireNonNull(shares, "shares").size() > MOST_BINS) {
      throw new IllegalArgumentException("more than " + MOST_BINS + " bins");
    }
    shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
  }

  /**
   * The distribution of counted values.
   *
   * @param named whether a value may have a bin of its own
   * @param most bins besides {@link #OTHER}
   */
  static Distribution of(Map<String, Long> counts, Predicate<String> named, int most) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    if (total == 0) {
      return new Distribution(0, shares);
    }
    Comparator<Map.Entry<String, Long>> mostFrequent =
        Map.Entry.<String, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey());
    List<Map.Entry<String, Long>> bins =
        counts.entrySet().stream()
            .filter(entry -> named.test(entry.getKey()) && !entry.getKey().equals(OTHER))
            .sorted(mostFrequent)
            .limit(most)
            .toList();
    long rest = total;
    for (Map.Entry<String, Long> bin : bins) {
      shares.put(bin.getKey(), (double) bin.getValue() / total);
      rest -= bin.getValue();
    }
    shares.put(OTHER, (double) rest / total);
    return new Distribution(total, shares);
  }

  /** The bin of a value. */
  public String binOf(String value) {
    return shares.containsKey(value) ? value : OTHER;
  }

  /**
   * The population stability index of values that occurred elsewhere against this.
   *
   * @param counts by value or by bin
   * @throws IllegalArgumentException if nothing was counted here or there
   * @see PopulationStability
   */
  public double stability(Map<String, Long> counts) {
    Map<String, Long> binned = new LinkedHashMap<>();
    shares.keySet().forEach(bin -> binned.put(bin, 0L));
    counts.forEach((value, count) -> binned.merge(binOf(value), count, Long::sum));
    return PopulationStability.populationStability(
        binned.keySet().stream().mapToDouble(bin -> shares.getOrDefault(bin, 0.0)).toArray(),
        binned.values().stream().mapToDouble(Long::doubleValue).toArray());
  }
}
