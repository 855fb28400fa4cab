package org.medcue.recommendation.drift;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * What is counted in one row. All replicas write rows in the order of keys, so that none waits for
 * another in a circle.
 *
 * @param day in UTC
 */
record DriftKey(String model, String version, LocalDate day, DriftCell cell)
    implements Comparable<DriftKey> {

  private static final Comparator<DriftKey> ORDER =
      Comparator.comparing(DriftKey::model)
          .thenComparing(DriftKey::version)
          .thenComparing(DriftKey::day)
          .thenComparing(DriftKey::cell);

  @Override
  public int compareTo(DriftKey other) {
    return ORDER.compare(this, other);
  }
}
