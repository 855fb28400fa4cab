package org.medcue.fhir;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;

/** Codes of one visit as they gather, each in its strongest role. */
final class VisitCodes {
  private final Map<DiagnosisCode, CodeRole> diagnoses = new TreeMap<>();
  private final Map<Symptom, CodeRole> symptoms = new TreeMap<>();

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
