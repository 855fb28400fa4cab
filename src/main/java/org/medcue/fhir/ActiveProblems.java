package org.medcue.fhir;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Symptom;

/**
 * The codes of the conditions active at one time after the other, by their dates alone. Each
 * condition begins and ends once, however many visits are asked for.
 */
final class ActiveProblems {

  private record Change(Instant at, ClinicalCodes codes, int count) {}

  private final PriorityQueue<Change> changes =
      new PriorityQueue<>(Comparator.comparing(Change::at));
  private final Active<DiagnosisCode> diagnoses = new Active<>();
  private final Active<Symptom> symptoms = new Active<>();

  ActiveProblems(Collection<ConditionFact> conditions) {
    for (ConditionFact condition : conditions) {
      Instant onset = condition.onset();
      Instant abatement = condition.abatement();
      if (onset != null && (abatement == null || abatement.isAfter(onset))) {
        changes.add(new Change(onset, condition.codes(), 1));
        if (abatement != null) {
          changes.add(new Change(abatement, condition.codes(), -1));
        }
      }
    }
  }

  /**
   * The codes at a time, to which a visit may add its own.
   *
   * @param time not before the one asked for last
   */
  VisitCodes at(Instant time) {
    for (Change next = changes.peek();
        next != null && !next.at().isAfter(time);
        next = changes.peek()) {
      changes.remove();
      Change change = next;
      change.codes().diagnoses().forEach(code -> diagnoses.add(code, change.count()));
      change.codes().symptoms().forEach(code -> symptoms.add(code, change.count()));
    }
    return new VisitCodes(diagnoses.roles, symptoms.roles);
  }

  /** Codes, each active as long as one of its conditions is. */
  private static final class Active<T extends Comparable<T>> {
    private final Map<T, Integer> counts = new HashMap<>();
    private final SortedMap<T, CodeRole> roles = new TreeMap<>();

    // Of changes at one moment an end may come before a beginning
    void add(T code, int count) {
      if (counts.merge(code, count, Integer::sum) > 0) {
        roles.put(code, CodeRole.ACTIVE);
      } else {
        roles.remove(code);
      }
    }
  }
}
