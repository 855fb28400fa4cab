package org.medcue.recommendation.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medcue.model.profile.Distribution;
import org.medcue.model.profile.PopulationStability;

/**
 * How one field stands to the training profile.
 *
 * @param field what was counted
 * @param observations how many; of codes and drugs several for each answer
 * @param index population stability index, 0 or more; left out where nothing was counted
 * @param byChance about what the index would be had nothing changed, were all observations of
 *     different patients; those of one patient come together, so that more is by chance
 * @param verdict what the two say
 * @param moved the bins that add most to the index, first the one that adds most
 */
public record FieldDrift(
    DriftField field,
    long observations,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> index,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> byChance,
    Verdict verdict,
    List<Moved> moved) {

  private static final int MOST_MOVED = 5;

  /**
   * A bin and its shares, 0 to 1.
   *
   * @param bin a code, a drug, a length, or {@code other} for all without a bin
   * @param training of the training data
   * @param present of what was counted
   */
  public record Moved(String bin, double training, double present) {

    private double part() {
      return PopulationStability.part(training, present);
    }
  }

  public FieldDrift {
    moved = List.copyOf(moved);
  }

  /**
   * Compares counts with a distribution of the profile in which something was counted.
   *
   * @param counts by bin
   */
  static FieldDrift of(DriftField field, Distribution training, Map<String, Long> counts) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    if (total == 0) {
      return new FieldDrift(
          field, 0, Optional.empty(), Optional.empty(), Verdict.TOO_FEW, List.of());
    }
    double index = training.stability(counts);
    double byChance =
        PopulationStability.byChance(training.shares().size(), training.total(), total);
    return new FieldDrift(
        field,
        total,
        Optional.of(index),
        Optional.of(byChance),
        Verdict.of(index, byChance),
        moved(training, counts, total));
  }

  /** By how much the index is above what chance gives, 0 or more; what the verdict is by. */
  Optional<Double> beyondChance() {
    return index.map(all -> Math.max(0, all - byChance.orElse(0.0)));
  }

  private static List<Moved> moved(Distribution training, Map<String, Long> counts, long total) {
    return training.shares().entrySet().stream()
        .map(
            bin ->
                new Moved(
                    bin.getKey(),
                    bin.getValue(),
                    (double) counts.getOrDefault(bin.getKey(), 0L) / total))
        .filter(bin -> bin.part() > 0)
        .sorted(Comparator.comparingDouble(Moved::part).reversed())
        .limit(MOST_MOVED)
        .toList();
  }
}
