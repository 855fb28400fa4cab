package org.medcue.training.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Numbers for labels: first those of the label space in its order, then other drugs as they come.
 */
final class LabelNumbers {

  private final List<String> labels;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final int space;

  LabelNumbers(List<String> space) {
    this.space = space.size();
    labels = new ArrayList<>(space);
    for (int i = 0; i < labels.size(); i++) {
      numbers.put(labels.get(i), i);
    }
  }

  /** The size of the label space, whose labels have the lowest numbers. */
  int space() {
    return space;
  }

  String label(int number) {
    return labels.get(number);
  }

  /** The numbers of some labels, ascending. */
  int[] of(Set<String> some) {
    return some.stream().mapToInt(this::number).sorted().toArray();
  }

  private int number(String label) {
    return numbers.computeIfAbsent(
        label,
        unseen -> {
          labels.add(unseen);
          return labels.size() - 1;
        });
  }
}
