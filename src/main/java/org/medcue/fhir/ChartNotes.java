package org.medcue.fhir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Omission;

/** What is noted while a chart is read: what was left out, and how codes are called. */
final class ChartNotes {

  /** The longest names of combined products have some 250 characters. */
  private static final int LONGEST_NAME = 300;

  private record Place(Omission.Kind kind, String subject) {}

  private final Map<Place, Integer> omitted = new LinkedHashMap<>();
  private final Map<String, String> displays = new LinkedHashMap<>();

  void omit(Omission.Kind kind, String subject) {
    omit(kind, subject, 1);
  }

  /** Several at once; none is no omission. */
  void omit(Omission.Kind kind, String subject, int count) {
    if (count > 0) {
      omitted.merge(new Place(kind, subject), count, Integer::sum);
    }
  }

  /** The first name given to a code stays, as much of it as a card shows. */
  void name(String code, @Nullable String display) {
    String name = display == null ? "" : PlainText.beginningOf(display, LONGEST_NAME);
    if (!name.isEmpty()) {
      displays.putIfAbsent(code, name);
    }
  }

  Map<String, String> displays() {
    return displays;
  }

  /** Counted by kind and subject, in the order of their first occurrence. */
  List<Omission> omissions() {
    List<Omission> omissions = new ArrayList<>();
    omitted.forEach(
        (place, count) -> omissions.add(new Omission(place.kind(), place.subject(), count)));
    return omissions;
  }
}
