package org.medcue.clinical;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * One visit of a patient (MR-KPA, definition 1): what was diagnosed, complained of and ordered.
 * Codes keep their role, since why a patient came says more about the order than what else is on
 * the problem list.
 *
 * @param id identifier of the Encounter, for explanations only; models never see it
 * @param start when the visit began
 * @param diagnoses diagnoses and their role
 * @param symptoms symptoms and findings and their role
 * @param drugs drugs ordered; empty for the present visit
 */
public record Visit(
    String id,
    Instant start,
    SortedMap<DiagnosisCode, CodeRole> diagnoses,
    SortedMap<Symptom, CodeRole> symptoms,
    SortedSet<DrugCode> drugs) {

  /** Copies the collections. */
  public Visit {
    diagnoses = Collections.unmodifiableSortedMap(new TreeMap<>(diagnoses));
    symptoms = Collections.unmodifiableSortedMap(new TreeMap<>(symptoms));
    drugs = Collections.unmodifiableSortedSet(new TreeSet<>(drugs));
  }

  /** A visit from maps and sets of any kind. */
  public static Visit of(
      String id,
      Instant start,
      Map<DiagnosisCode, CodeRole> diagnoses,
      Map<Symptom, CodeRole> symptoms,
      Set<DrugCode> drugs) {
    return new Visit(
        id, start, new TreeMap<>(diagnoses), new TreeMap<>(symptoms), new TreeSet<>(drugs));
  }

  /** The diagnoses that are the visit's own: its reasons and what was recorded in it. */
  public SortedSet<DiagnosisCode> encounterDiagnoses() {
    return codes(diagnoses, role -> role != CodeRole.ACTIVE);
  }

  /** Earlier diagnoses still active. */
  public SortedSet<DiagnosisCode> activeProblems() {
    return codes(diagnoses, role -> role == CodeRole.ACTIVE);
  }

  /** The symptoms that are the visit's own. */
  public SortedSet<Symptom> encounterSymptoms() {
    return codes(symptoms, role -> role != CodeRole.ACTIVE);
  }

  private static <T extends Comparable<T>> SortedSet<T> codes(
      Map<T, CodeRole> codes, Predicate<CodeRole> wanted) {
    SortedSet<T> chosen = new TreeSet<>();
    codes.forEach(
        (code, role) -> {
          if (wanted.test(role)) {
            chosen.add(code);
          }
        });
    return chosen;
  }

  /** The same visit as it stands before anything is ordered: what a predictor may see of it. */
  public Visit withoutDrugs() {
    return drugs.isEmpty() ? this : new Visit(id, start, diagnoses, symptoms, new TreeSet<>());
  }
}
