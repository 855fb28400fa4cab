package org.medcue.fhir;

import org.jspecify.annotations.Nullable;
import org.medcue.clinical.DrugCode;

/**
 * What is kept of a MedicationRequest that orders a drug.
 *
 * @param id its id, null if it has none
 * @param encounterId the Encounter in which it was written, null if it names none
 * @param authored when it was written, null if unknown
 * @param drug the drug ordered
 * @param current whether the patient is on it now
 */
record OrderFact(
    @Nullable String id,
    @Nullable String encounterId,
    @Nullable TimeSpan authored,
    DrugCode drug,
    boolean current) {}
