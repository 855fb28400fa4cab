package org.medcue.fhir;

import java.util.Set;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Symptom;

/** What one or several CodeableConcepts mean to Medcue. */
record ClinicalCodes(Set<DiagnosisCode> diagnoses, Set<Symptom> symptoms) {

  static final ClinicalCodes NONE = new ClinicalCodes(Set.of(), Set.of());

  ClinicalCodes {
    diagnoses = Set.copyOf(diagnoses);
    symptoms = Set.copyOf(symptoms);
  }

  boolean isEmpty() {
    return diagnoses.isEmpty() && symptoms.isEmpty();
  }
}
