package org.medcue.model.visits;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.medcue.clinical.Omission;

/**
 * Counts by field how many code occurrences a model knew exactly, how many through an ancestor and
 * how many not at all. Not thread-safe: one per prediction or evaluation.
 */
public final class CodeCoverage {

  /** The fields of a visit. */
  public enum Field {
    DIAGNOSES("diagnosis"),
    DRUGS("drug"),
    SYMPTOMS("symptom");

    private final String label;

    Field(String label) {
      this.label = label;
    }
  }

  /** Occurrences of one field. */
  public record Count(long exact, long ancestor, long unknown) {

    /** All occurrences. */
    public long total() {
      return exact + ancestor + unknown;
    }
  }

  private final Map<Field, Count> counts = new EnumMap<>(Field.class);

  OptionalInt lookup(
      Field field,
      CodeVocabulary vocabulary,
      String code,
      Function<String, List<String>> pathOf,
      int offset) {
    OptionalInt exact = vocabulary.indexOf(code);
    OptionalInt found = exact.isPresent() ? exact : vocabulary.nearestKnown(pathOf.apply(code));
    Count add =
        new Count(
            exact.isPresent() ? 1 : 0,
            found.isPresent() && exact.isEmpty() ? 1 : 0,
            found.isPresent() ? 0 : 1);
    counts.merge(
        field,
        add,
        (a, b) -> new Count(a.exact + b.exact, a.ancestor + b.ancestor, a.unknown + b.unknown));
    return found.isPresent() ? OptionalInt.of(found.getAsInt() + offset) : found;
  }

  /** The count of a field. */
  public Count of(Field field) {
    return counts.getOrDefault(field, new Count(0, 0, 0));
  }

  /** What a card should say about codes that were replaced or left out. */
  public List<Omission> omissions() {
    List<Omission> omissions = new ArrayList<>();
    counts.forEach(
        (field, count) -> {
          if (count.ancestor > 0) {
            omissions.add(
                new Omission(
                    Omission.Kind.CODE_FALLBACK, field.label, Math.toIntExact(count.ancestor)));
          }
          if (count.unknown > 0) {
            omissions.add(
                new Omission(
                    Omission.Kind.UNKNOWN_CODE, field.label, Math.toIntExact(count.unknown)));
          }
        });
    return omissions;
  }
}
