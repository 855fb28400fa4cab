package org.medcue.model.mrkpa;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Visits and targets of one forward pass, as plain arrays. Each distinct set of codes is encoded
 * once, however many visits hold it; histories are rows of weights over the visits. A target sees
 * its own diagnoses and symptoms and the visits listed as its history, nothing else.
 *
 * <p>Shapes: U distinct sets, N visits, B targets, M labels.
 */
final class VisitBatch {

  /**
   * Sets of similar length, encoded together. The width to which a set is padded follows from its
   * own length alone: padding changes the last bits of a sum, so a width that followed from the
   * longest neighbour would let a later visit's drugs reach an earlier prediction.
   */
  record Bucket(int width, List<int[]> tokens, List<int[]> roles) {}

  /** A target: indices of its present sets and of its history's visits, oldest first. */
  private record Target(int diagnoses, int symptoms, int[] history, int[] answer) {}

  private static final int BUCKET_SIZE = 96;
  private static final int WIDTH_STEP = 8;

  private final int labelCount;
  private final Map<IntBuffer, Integer> setIndex = new HashMap<>();
  private final List<int[]> tokens = new ArrayList<>();
  private final List<int[]> roles = new ArrayList<>();
  private final List<int[]> visitSets = new ArrayList<>();
  private final List<int[]> visitLabels = new ArrayList<>();
  private final List<Boolean> visitHasDrugs = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();

  /**
   * @param labelCount M
   */
  VisitBatch(int labelCount) {
    this.labelCount = labelCount;
  }

  /** Adds a visit that may serve as history. Returns its index. */
  int addVisit(EncodedVisit visit) {
    visitSets.add(
        new int[] {
          setOf(visit.diagnoses(), visit.roles()),
          setOf(visit.symptoms(), null),
          setOf(visit.drugs(), null)
        });
    visitLabels.add(visit.labels());
    visitHasDrugs.add(visit.hasDrugs());
    return visitSets.size() - 1;
  }

  /**
   * Adds a target.
   *
   * @param present the visit to predict for; only its diagnoses and symptoms are read
   * @param history indices of its earlier visits, oldest first
   * @param answer output indices of the drugs ordered, for training; empty in service
   */
  void addTarget(EncodedVisit present, int[] history, int[] answer) {
    int diagnoses = setOf(present.diagnoses(), present.roles());
    targets.add(new Target(diagnoses, setOf(present.symptoms(), null), history, answer));
  }

  private int setOf(int[] codes, int @org.jspecify.annotations.Nullable [] codeRoles) {
    int[] rolesOrNone = codeRoles == null ? new int[codes.length] : codeRoles;
    int[] key = Arrays.copyOf(codes, codes.length * 2);
    System.arraycopy(rolesOrNone, 0, key, codes.length, codes.length);
    return setIndex.computeIfAbsent(
        IntBuffer.wrap(key),
        k -> {
          tokens.add(codes);
          roles.add(rolesOrNone);
          return tokens.size() - 1;
        });
  }

  int visitCount() {
    return visitSets.size();
  }

  int targetCount() {
    return targets.size();
  }

  int labelCount() {
    return labelCount;
  }

  /** Set indices in the order in which the buckets hold them. */
  int[] bucketOrder() {
    return IntStream.range(0, tokens.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> tokens.get(i).length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The sets in buckets, along {@link #bucketOrder()}. */
  List<Bucket> buckets() {
    List<Bucket> buckets = new ArrayList<>();
    for (int set : bucketOrder()) {
      int width = width(tokens.get(set));
      Bucket last = buckets.isEmpty() ? null : buckets.get(buckets.size() - 1);
      if (last == null || last.width != width || last.tokens.size() == BUCKET_SIZE) {
        last = new Bucket(width, new ArrayList<>(), new ArrayList<>());
        buckets.add(last);
      }
      last.tokens.add(tokens.get(set));
      last.roles.add(roles.get(set));
    }
    return buckets;
  }

  private static int width(int[] set) {
    return (set.length + WIDTH_STEP - 1) / WIDTH_STEP * WIDTH_STEP;
  }

  /** Row of each visit's diagnoses (0), symptoms (1) or drugs (2) in the encoder's output. */
  long[] visitRows(int field) {
    int[] rowOf = rowOfSet();
    return visitSets.stream().mapToLong(sets -> rowOf[sets[field]]).toArray();
  }

  /** Row of each target's present diagnoses in the encoder's output. */
  long[] presentDiagnosisRows() {
    int[] rowOf = rowOfSet();
    return targets.stream().mapToLong(t -> rowOf[t.diagnoses]).toArray();
  }

  /** Row of each target's present symptoms in the encoder's output. */
  long[] presentSymptomRows() {
    int[] rowOf = rowOfSet();
    return targets.stream().mapToLong(t -> rowOf[t.symptoms]).toArray();
  }

  private int[] rowOfSet() {
    int[] order = bucketOrder();
    int[] rowOf = new int[order.length];
    for (int row = 0; row < order.length; row++) {
      rowOf[order[row]] = row;
    }
    return rowOf;
  }

  /** (B, N): 1 / (number of earlier visits) for each of them; a row of zeros for first visits. */
  float[] historyMean() {
    float[] mean = new float[targets.size() * visitCount()];
    forEachPast((target, cell, visit, gap) -> mean[cell] = 1f / target.history.length);
    return mean;
  }

  /** (B, N): 1 for earlier visits with drugs. */
  float[] drugVisits() {
    float[] mask = new float[targets.size() * visitCount()];
    forEachPast((target, cell, visit, gap) -> mask[cell] = visitHasDrugs.get(visit) ? 1 : 0);
    return mask;
  }

  /** (B, N): how many visits lie between an earlier visit and the target; 0 elsewhere. */
  float[] gaps() {
    float[] gaps = new float[targets.size() * visitCount()];
    forEachPast((target, cell, visit, gap) -> gaps[cell] = gap);
    return gaps;
  }

  /** (B, N): 1 for the last earlier visit with drugs. */
  float[] lastDrugVisit() {
    float[] last = new float[targets.size() * visitCount()];
    for (int b = 0; b < targets.size(); b++) {
      int[] history = targets.get(b).history;
      for (int i = history.length - 1; i >= 0; i--) {
        if (visitHasDrugs.get(history[i])) {
          last[b * visitCount() + history[i]] = 1;
          break;
        }
      }
    }
    return last;
  }

  /** (B, 1): 1 for targets without history. */
  float[] firstVisits() {
    float[] first = new float[targets.size()];
    for (int b = 0; b < first.length; b++) {
      first[b] = targets.get(b).history.length == 0 ? 1 : 0;
    }
    return first;
  }

  /** (N, M): the drugs of each visit. */
  float[] visitDrugs() {
    return multiHot(visitLabels);
  }

  /** (B, M): the drugs to be predicted. */
  float[] answers() {
    return multiHot(targets.stream().map(Target::answer).toList());
  }

  private float[] multiHot(List<int[]> rows) {
    float[] hot = new float[rows.size() * labelCount];
    for (int row = 0; row < rows.size(); row++) {
      for (int label : rows.get(row)) {
        hot[row * labelCount + label] = 1;
      }
    }
    return hot;
  }

  private interface PastVisit {
    void accept(Target target, int cell, int visit, int gap);
  }

  private void forEachPast(PastVisit action) {
    for (int b = 0; b < targets.size(); b++) {
      Target target = targets.get(b);
      for (int i = 0; i < target.history.length; i++) {
        int visit = target.history[i];
        action.accept(target, b * visitCount() + visit, visit, target.history.length - 1 - i);
      }
    }
  }
}
