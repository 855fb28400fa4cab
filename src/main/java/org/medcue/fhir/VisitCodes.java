package org.medcue.fhir;

import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;

/** Codes of one visit as they gather, each in its strongest role. */
final class VisitCodes {
  private final SortedMap<DiagnosisCode, CodeRole> diagnoses;
  private final SortedMap<Symptom, CodeRole> symptoms;

  VisitCodes() {
    this(new TreeMap<>(), new TreeMap<>());
  }

  /** Copies; of sorted maps that takes no comparisons. */
  VisitCodes(SortedMap<DiagnosisCode, CodeRole> diagnoses, SortedMap<Symptom, CodeRole> symptoms) {
    this.diagnoses = new TreeMap<>(diagnoses);
    this.symptoms = new TreeMap<>(symptoms);
  }

  void add(ClinicalCodes codes, CodeRole role) {
    codes.diagnoses().forEach(code -> diagnoses.merge(code, role, VisitCodes::stronger));
    codes.symptoms().forEach(code -> symptoms.merge(code, role, VisitCodes::stronger));
  }

  private static CodeRole stronger(CodeRole one, CodeRole other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  Visit visit(String id, Instant start, Set<DrugCode> drugs) {
    return Visit.of(id, start, diagnoses, symptoms, drugs);
  }
}
