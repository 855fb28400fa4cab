package org.medcue.model.visits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.medcue.clinical.CodeRole;

/**
 * Visits and targets of one forward pass, as plain arrays. Each distinct set of codes is encoded
 * once, however many visits hold it; histories are rows of weights over the visits. A target sees
 * its own diagnoses and symptoms and the visits listed as its history, nothing else.
 *
 * <p>Shapes: U distinct sets, N visits, B targets, M labels.
 */
public final class VisitBatch {

  /** Drugs, diagnoses and symptoms of one visit, as indices of sets. */
  private record VisitSets(int diagnoses, int symptoms, int drugs) {}

  /** What brought the patient: the diagnoses and symptoms stated as the visit's reason. */
  private record Reason(TokenSet diagnoses, TokenSet symptoms) {

    static Reason of(EncodedVisit visit) {
      return new Reason(
          visit.diagnoses().only(CodeRole.REASON), visit.symptoms().only(CodeRole.REASON));
    }
  }

  /** A target: its present sets, its reason, its history's visits, oldest first, its drugs. */
  private record Target(int diagnoses, int symptoms, Reason reason, int[] history, int[] answer) {}

  private static final int BUCKET_SIZE = 96;

  private final int labelCount;
  private final Map<TokenSet, Integer> setIndex = new LinkedHashMap<>();
  private final List<VisitSets> visitSets = new ArrayList<>();
  private final List<EncodedVisit> visits = new ArrayList<>();
  private final List<Reason> reasons = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();

  /**
   * @param labelCount M
   */
  public VisitBatch(int labelCount) {
    this.labelCount = labelCount;
  }

  /** Adds a visit that may serve as history. Returns its index. */
  public int addVisit(EncodedVisit visit) {
    visitSets.add(
        new VisitSets(setOf(visit.diagnoses()), setOf(visit.symptoms()), setOf(visit.drugs())));
    reasons.add(Reason.of(visit));
    visits.add(visit);
    return visits.size() - 1;
  }

  /**
   * Adds a target.
   *
   * @param present the visit to predict for; only its diagnoses and symptoms are read
   * @param history indices of its earlier visits, oldest first
   * @param answer output indices of the drugs ordered, for training; empty in service
   */
  public void addTarget(EncodedVisit present, int[] history, int[] answer) {
    int diagnoses = setOf(present.diagnoses());
    int symptoms = setOf(present.symptoms());
    targets.add(new Target(diagnoses, symptoms, Reason.of(present), history, answer));
  }

  private int setOf(TokenSet set) {
    return setIndex.computeIfAbsent(set, s -> setIndex.size());
  }

  public int visitCount() {
    return visits.size();
  }

  public int targetCount() {
    return targets.size();
  }

  public int labelCount() {
    return labelCount;
  }

  /** A visit added before. */
  public EncodedVisit visit(int index) {
    return visits.get(index);
  }

  /** Indices of a target's earlier visits, oldest first. */
  public int[] history(int target) {
    return targets.get(target).history.clone();
  }

  /** For each target its diagnoses and its symptoms: all that may be read of the visit itself. */
  public List<List<TokenSet>> presentSets() {
    List<TokenSet> sets = new ArrayList<>(setIndex.keySet());
    return targets.stream().map(t -> List.of(sets.get(t.diagnoses), sets.get(t.symptoms))).toList();
  }

  /**
   * (B, most): indices of each target's last visits, the latest first, so that a column is a
   * distance in visits; -1 where there are no more.
   */
  public int[][] recentVisits(int most) {
    int[][] recent = new int[targets.size()][most];
    for (int b = 0; b < recent.length; b++) {
      int[] history = targets.get(b).history;
      for (int i = 0; i < most; i++) {
        recent[b][i] = i < history.length ? history[history.length - 1 - i] : -1;
      }
    }
    return recent;
  }

  /** The distinct sets by length, in buckets of one padded length that are encoded together. */
  public List<List<TokenSet>> buckets() {
    List<TokenSet> sets = new ArrayList<>(setIndex.keySet());
    List<List<TokenSet>> buckets = new ArrayList<>();
    List<TokenSet> bucket = new ArrayList<>();
    for (int index : bucketOrder()) {
      TokenSet set = sets.get(index);
      boolean other = !bucket.isEmpty() && bucket.get(0).paddedLength() != set.paddedLength();
      if (other || bucket.size() == BUCKET_SIZE) {
        buckets.add(bucket);
        bucket = new ArrayList<>();
      }
      bucket.add(set);
    }
    buckets.add(bucket);
    return buckets;
  }

  private int[] bucketOrder() {
    long[] lengthAndIndex = new long[setIndex.size()];
    setIndex.forEach((set, index) -> lengthAndIndex[index] = (long) set.length() << 32 | index);
    Arrays.sort(lengthAndIndex);
    return LongStream.of(lengthAndIndex).mapToInt(key -> (int) key).toArray();
  }

  /** Row of each visit's diagnoses in the encoder's output. */
  public long[] diagnosisRows() {
    return rows(visitSets.stream().mapToInt(VisitSets::diagnoses));
  }

  /** Row of each visit's symptoms in the encoder's output. */
  public long[] symptomRows() {
    return rows(visitSets.stream().mapToInt(VisitSets::symptoms));
  }

  /** Row of each visit's drugs in the encoder's output. */
  public long[] drugRows() {
    return rows(visitSets.stream().mapToInt(VisitSets::drugs));
  }

  /** Row of each target's present diagnoses in the encoder's output. */
  public long[] presentDiagnosisRows() {
    return rows(targets.stream().mapToInt(Target::diagnoses));
  }

  /** Row of each target's present symptoms in the encoder's output. */
  public long[] presentSymptomRows() {
    return rows(targets.stream().mapToInt(Target::symptoms));
  }

  private long[] rows(IntStream sets) {
    int[] rowOf = rowOfSet();
    return sets.mapToLong(set -> rowOf[set]).toArray();
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
  public float[] historyMean() {
    float[] mean = new float[targets.size() * visitCount()];
    forEachPast((target, cell, visit, gap) -> mean[cell] = 1f / target.history.length);
    return mean;
  }

  /** (B, N): 1 for earlier visits with drugs. */
  public float[] drugVisits() {
    float[] mask = new float[targets.size() * visitCount()];
    forEachPast((target, cell, visit, gap) -> mask[cell] = visits.get(visit).hasDrugs() ? 1 : 0);
    return mask;
  }

  /** (B, N): how many visits lie between an earlier visit and the target; 0 elsewhere. */
  public float[] gaps() {
    float[] gaps = new float[targets.size() * visitCount()];
    forEachPast((target, cell, visit, gap) -> gaps[cell] = gap);
    return gaps;
  }

  /** (B, N): 1 for the last earlier visit with drugs. */
  public float[] lastDrugVisit() {
    return lastVisit((target, visit) -> visits.get(visit).hasDrugs());
  }

  /** (B, N): 1 for the last earlier visit with drugs whose stated reason was the present one. */
  public float[] lastDrugVisitOfSameReason() {
    return lastVisit(
        (target, visit) ->
            visits.get(visit).hasDrugs() && reasons.get(visit).equals(target.reason));
  }

  private float[] lastVisit(BiPredicate<Target, Integer> wanted) {
    float[] last = new float[targets.size() * visitCount()];
    for (int b = 0; b < targets.size(); b++) {
      Target target = targets.get(b);
      for (int i = target.history.length - 1; i >= 0; i--) {
        if (wanted.test(target, target.history[i])) {
          last[b * visitCount() + target.history[i]] = 1;
          break;
        }
      }
    }
    return last;
  }

  /** (B, 1): 1 for targets without history. */
  public float[] firstVisits() {
    float[] first = new float[targets.size()];
    for (int b = 0; b < first.length; b++) {
      first[b] = targets.get(b).history.length == 0 ? 1 : 0;
    }
    return first;
  }

  /** (N, M): the drugs of each visit. */
  public float[] visitDrugs() {
    return multiHot(visits.stream().map(EncodedVisit::labels).toList());
  }

  /** (B, M): the drugs to be predicted. */
  public float[] answers() {
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
