package org.medcue.clinical;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Visits for tests, in which every code has the role of its argument. */
public final class Visits {

  private Visits() {}

  /** A visit whose symptoms were recorded in it. */
  public static Visit of(
      String id,
      Instant start,
      Set<DiagnosisCode> recorded,
      Set<DiagnosisCode> active,
      Set<Symptom> symptoms,
      Set<DrugCode> drugs) {
    Map<DiagnosisCode, CodeRole> diagnoses = new HashMap<>();
    active.forEach(code -> diagnoses.put(code, CodeRole.ACTIVE));
    recorded.forEach(code -> diagnoses.put(code, CodeRole.RECORDED));
    Map<Symptom, CodeRole> roles = new HashMap<>();
    symptoms.forEach(symptom -> roles.put(symptom, CodeRole.RECORDED));
    return Visit.of(id, start, diagnoses, roles, drugs);
  }
}
