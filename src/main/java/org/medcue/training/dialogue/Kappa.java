package org.medcue.training.dialogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cohen's kappa of two annotators: how far they agree beyond what chance gives.
 *
 * @param decisions that both made
 * @param agreed share of decisions in which they agree
 * @param kappa 1 for full agreement, 0 for that of chance; absent where both decided everything
 *     alike and the same way, or nothing, for then chance cannot be told from agreement
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Kappa(long decisions, double agreed, @Nullable Double kappa) {

  /** Counts decisions by what each annotator chose. */
  static final class Counter<T> {

    private final Map<T, Long> first = new HashMap<>();
    private final Map<T, Long> second = new HashMap<>();
    private long decisions;
    private long agreed;

    void add(T one, T other) {
      decisions++;
      agreed += one.equals(other) ? 1 : 0;
      first.merge(one, 1L, Long::sum);
      second.merge(other, 1L, Long::sum);
    }

    /** What both annotators chose, at least once. */
    List<T> chosen() {
      List<T> chosen = new ArrayList<>(first.keySet());
      second.keySet().stream().filter(choice -> !first.containsKey(choice)).forEach(chosen::add);
      return chosen;
    }

    Kappa kappa() {
      double observed = (double) agreed / Math.max(1, decisions);
      double squared = (double) decisions * decisions;
      double expected = 0;
      for (Map.Entry<T, Long> choice : first.entrySet()) {
        expected += choice.getValue() * second.getOrDefault(choice.getKey(), 0L) / squared;
      }
      boolean undefined = decisions == 0 || expected == 1;
      return new Kappa(
          decisions, observed, undefined ? null : (observed - expected) / (1 - expected));
    }
  }
}
