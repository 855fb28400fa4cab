package org.medcue.recommendation.drift;

import java.util.Comparator;

/**
 * A bin of a field.
 *
 * @param bin one of the version's profile, or a fixed one; never a value that has none
 */
record DriftCell(DriftField field, String bin) implements Comparable<DriftCell> {

  static final DriftCell ANSWERS = new DriftCell(DriftField.ANSWER, "all");
  static final DriftCell UNKNOWN = new DriftCell(DriftField.UNKNOWN, "yes");
  static final DriftCell KNOWN = new DriftCell(DriftField.UNKNOWN, "no");

  private static final Comparator<DriftCell> ORDER =
      Comparator.comparing(DriftCell::field).thenComparing(DriftCell::bin);

  @Override
  public int compareTo(DriftCell other) {
    return ORDER.compare(this, other);
  }
}
