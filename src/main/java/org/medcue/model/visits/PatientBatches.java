package org.medcue.model.visits;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Batches over the visits of patients, in which each target's history is its earlier visits. */
public final class PatientBatches {

  /** Bounds a batch where one patient has thousands of visits. */
  private static final int MOST_TARGETS = 256;

  private PatientBatches() {}

  /** Batches of one patient's targets. */
  public static List<VisitBatch> of(
      List<EncodedVisit> visits, List<Integer> targets, int labelCount) {
    List<VisitBatch> batches = new ArrayList<>();
    for (int from = 0; from < targets.size(); from += MOST_TARGETS) {
      VisitBatch batch = new VisitBatch(labelCount);
      add(batch, visits, targets.subList(from, Math.min(targets.size(), from + MOST_TARGETS)));
      batches.add(batch);
    }
    return batches;
  }

  /** Adds a patient's targets, in order of time, and all visits before the last of them. */
  public static void add(VisitBatch batch, List<EncodedVisit> visits, List<Integer> targets) {
    int first = batch.visitCount();
    int last = targets.get(targets.size() - 1);
    visits.subList(0, last).forEach(batch::addVisit);
    for (int target : targets) {
      int[] history = IntStream.range(first, first + target).toArray();
      batch.addTarget(visits.get(target), history, visits.get(target).labels());
    }
  }
}
