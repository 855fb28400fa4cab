package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.medcue.clinical.Speaker;

/**
 * Sequences of vectors, padded at their ends.
 *
 * <p>Shapes: N sequences, L longest, M size of a vector.
 *
 * @param rows the sequences, each with at least one step
 */
record Sequences(List<List<Step>> rows) {

  /** A vector and whose it is. */
  record Step(float[] vector, Speaker speaker) {}

  Sequences {
    rows = List.copyOf(rows);
    if (rows.isEmpty() || rows.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("there must be a sequence, and none empty");
    }
  }

  int count() {
    return rows.size();
  }

  /** L. */
  int longest() {
    return rows.stream().mapToInt(List::size).max().orElseThrow();
  }

  /** The vectors (N, L, M), zeros after the end. */
  NDArray vectors(NDManager manager) {
    int longest = longest();
    int size = rows.get(0).get(0).vector.length;
    float[] vectors = new float[count() * longest * size];
    for (int row = 0; row < count(); row++) {
      for (int step = 0; step < rows.get(row).size(); step++) {
        float[] vector = rows.get(row).get(step).vector;
        System.arraycopy(vector, 0, vectors, (row * longest + step) * size, size);
      }
    }
    return manager.create(vectors, new Shape(count(), longest, size));
  }

  /** The number of each step's speaker (N, L), 0 after the end. */
  NDArray speakers(NDManager manager) {
    return numbers(manager, (row, step) -> rows.get(row).get(step).speaker.ordinal());
  }

  /**
   * Where the steps of the sequences read backwards stand (N, L), in an array of N · L steps. What
   * is after the end stays there.
   */
  NDArray backwards(NDManager manager) {
    int longest = longest();
    return numbers(manager, (row, step) -> row * longest + rows.get(row).size() - 1 - step);
  }

  /** Where the last step of each sequence stands (N), in an array of N · L steps. */
  NDArray lasts(NDManager manager) {
    int longest = longest();
    long[] lasts = new long[count()];
    for (int row = 0; row < lasts.length; row++) {
      lasts[row] = (long) row * longest + rows.get(row).size() - 1;
    }
    return manager.create(lasts);
  }

  /** How far each step is from the last of its sequence (N, L), 0 after the end. */
  NDArray fromEnd(NDManager manager, int most) {
    return numbers(manager, (row, step) -> Math.min(most, rows.get(row).size() - 1 - step));
  }

  /** 1 for a step (N, L). */
  NDArray mask(NDManager manager) {
    return weights(manager, size -> 1);
  }

  /** Weights (N, 1, L) whose product with the steps is their mean. */
  NDArray means(NDManager manager) {
    return weights(manager, size -> 1f / size).expandDims(1);
  }

  private interface Weight {
    float of(int size);
  }

  private NDArray weights(NDManager manager, Weight weight) {
    int longest = longest();
    float[] weights = new float[count() * longest];
    for (int row = 0; row < count(); row++) {
      int size = rows.get(row).size();
      Arrays.fill(weights, row * longest, row * longest + size, weight.of(size));
    }
    return manager.create(weights, new Shape(count(), longest));
  }

  private interface Number {
    long of(int row, int step);
  }

  private NDArray numbers(NDManager manager, Number number) {
    int longest = longest();
    long[] numbers = new long[count() * longest];
    for (int row = 0; row < count(); row++) {
      for (int step = 0; step < rows.get(row).size(); step++) {
        numbers[row * longest + step] = number.of(row, step);
      }
    }
    return manager.create(numbers, new Shape(count(), longest));
  }
}
