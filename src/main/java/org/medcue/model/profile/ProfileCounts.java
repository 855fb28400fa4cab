package org.medcue.model.profile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts observations of known people into a {@link TrainingProfile}. Not thread-safe. */
public final class ProfileCounts {

  private static final int BINS = 50;

  /** Fewer people than this are not to be told from the others. */
  private static final int FEWEST_PEOPLE = 10;

  /** Occurrences of each value, and who has it as far as that matters. */
  private static final class Counts {
    private final Map<String, Long> occurrences = new HashMap<>();
    private final Map<String, Set<String>> people = new HashMap<>();

    void add(String value, String person) {
      occurrences.merge(value, 1L, Long::sum);
      Set<String> known = people.computeIfAbsent(value, v -> new HashSet<>());
      if (known.size() < FEWEST_PEOPLE) {
        known.add(person);
      }
    }

    Distribution distribution() {
      return Distribution.of(
          occurrences, value -> people.getOrDefault(value, Set.of()).size() >= FEWEST_PEOPLE, BINS);
    }
  }

  private final Counts codes = new Counts();
  private final Counts drugs = new Counts();
  private final Counts lengths = new Counts();
  private long unknown;
  private long read;

  /**
   * Counts what was observed of somebody.
   *
   * @param person by whatever identifies them
   */
  public void add(String person, Observation observation) {
    observation.codes().forEach(code -> codes.add(code, person));
    observation.drugs().forEach(drug -> drugs.add(drug, person));
    observation.length().ifPresent(length -> lengths.add(length, person));
    unknown += observation.unknown();
    read += observation.read();
  }

  /**
   * The profile of all that was counted.
   *
   * @param unknownInValidation share of unknown codes of people whom the version was not trained on
   */
  public TrainingProfile profile(double unknownInValidation) {
    return new TrainingProfile(
        codes.distribution(),
        drugs.distribution(),
        lengths.distribution(),
        (double) unknown / Math.max(1, read),
        unknownInValidation);
  }
}
