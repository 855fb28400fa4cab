package org.medcue.clinical;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One visit of a patient (MR-KPA, definition 1): what was diagnosed, complained of and ordered.
 * Diagnoses keep their role, since why a patient came says more about the order than what else is
 * on the problem list.
 *
 * @param id identifier of the Encounter, for explanations only; models never see it
 * @param start when the visit began
 * @param encounterDiagnoses diagnoses recorded in this visit or stated as its reason
 * @param activeProblems earlier problems still active at its start; none of them is also an
 *     encounter diagnosis
 * @param symptoms symptoms and findings
 * @param drugs drugs ordered; empty for the present visit
 */
public record Visit(
    String id,
    Instant start,
    SortedSet<DiagnosisCode> encounterDiagnoses,
    SortedSet<DiagnosisCode> activeProblems,
    SortedSet<Symptom> symptoms,
    SortedSet<DrugCode> drugs) {

  /** Copies the sets; a problem that is also an encounter diagnosis counts as the latter. */
  public Visit {
    encounterDiagnoses = copy(encounterDiagnoses);
    SortedSet<DiagnosisCode> problems = new TreeSet<>(activeProblems);
    problems.removeAll(encounterDiagnoses);
    activeProblems = Collections.unmodifiableSortedSet(problems);
    symptoms = copy(symptoms);
    drugs = copy(drugs);
  }

  /** A visit from sets of any kind. */
  public static Visit of(
      String id,
      Instant start,
      Set<DiagnosisCode> encounterDiagnoses,
      Set<DiagnosisCode> activeProblems,
      Set<Symptom> symptoms,
      Set<DrugCode> drugs) {
    return new Visit(
        id,
        start,
        new TreeSet<>(encounterDiagnoses),
        new TreeSet<>(activeProblems),
        new TreeSet<>(symptoms),
        new TreeSet<>(drugs));
  }

  /** The same visit as it stands before anything is ordered: what a predictor may see of it. */
  public Visit withoutDrugs() {
    return drugs.isEmpty()
        ? this
        : new Visit(id, start, encounterDiagnoses, activeProblems, symptoms, new TreeSet<>());
  }

  private static <T extends Comparable<T>> SortedSet<T> copy(SortedSet<T> codes) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(codes));
  }
}
