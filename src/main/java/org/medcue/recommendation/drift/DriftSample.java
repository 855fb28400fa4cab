package org.medcue.recommendation.drift;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.medcue.model.profile.Distribution;
import org.medcue.model.profile.Observation;
import org.medcue.model.profile.TrainingProfile;

/** What one answer adds to the counts of its version, in bins of the version's profile. */
public final class DriftSample {

  private final String model;
  private final String version;
  private final Map<DriftCell, Long> counts;

  private DriftSample(String model, String version, Map<DriftCell, Long> counts) {
    this.model = model;
    this.version = version;
    this.counts = Map.copyOf(counts);
  }

  /**
   * Of an answer.
   *
   * @param profile of the version that answered
   */
  public static DriftSample of(
      String model, String version, TrainingProfile profile, Observation seen) {
    Map<DriftCell, Long> counts = new HashMap<>();
    counts.put(DriftCell.ANSWERS, 1L);
    count(counts, DriftField.CODE, profile.codes(), seen.codes());
    count(counts, DriftField.DRUG, profile.drugs(), seen.drugs());
    count(counts, DriftField.LENGTH, profile.lengths(), seen.length().stream().toList());
    counts.put(DriftCell.UNKNOWN, seen.unknown());
    counts.put(DriftCell.KNOWN, seen.read() - seen.unknown());
    counts.values().removeIf(count -> count <= 0);
    return new DriftSample(model, version, counts);
  }

  private static void count(
      Map<DriftCell, Long> counts,
      DriftField field,
      Distribution training,
      Collection<String> values) {
    values.forEach(
        value -> counts.merge(new DriftCell(field, training.binOf(value)), 1L, Long::sum));
  }

  String model() {
    return model;
  }

  String version() {
    return version;
  }

  Map<DriftCell, Long> counts() {
    return counts;
  }
}
