package org.medcue.fhir;

import java.util.List;
import java.util.Map;
import org.medcue.clinical.Demographics;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission;
import org.medcue.clinical.PatientRecord;

/**
 * A cohort read from bulk NDJSON.
 *
 * @param patients the patients, in order of identifier
 * @param usualDosages for each drug the {@code dosageInstruction} array (FHIR JSON) ordered most
 *     often, where at least a given number of patients had it
 * @param demographics age and sex by patient identifier, where a Patient resource was exported; for
 *     reports only, never an input of a model
 * @param omissions what could not be read, counted
 */
public record CohortReading(
    List<PatientRecord> patients,
    Map<DrugCode, String> usualDosages,
    Map<String, Demographics> demographics,
    List<Omission> omissions) {}
