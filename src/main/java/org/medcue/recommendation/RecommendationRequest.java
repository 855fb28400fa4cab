package org.medcue.recommendation;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.medcue.clinical.Drug;
import org.medcue.clinical.PatientEvidence;

/**
 * One call for suggestions.
 *
 * @param serviceId the CDS service asked
 * @param hookInstance the call, as the EHR numbers it
 * @param patientId identifier of the Patient
 * @param encounterId identifier of the present Encounter, where there is one
 * @param evidence the chart or dialogue as it could be read
 * @param draftDrugs drugs among the draft orders
 * @param unreadDraft whether a draft order states a drug that could not be read
 * @param rejectedDrugs drugs that the doctor rejected earlier in this encounter
 * @param language what the doctor reads
 */
public record RecommendationRequest(
    String serviceId,
    UUID hookInstance,
    String patientId,
    Optional<String> encounterId,
    PatientEvidence evidence,
    Set<Drug> draftDrugs,
    boolean unreadDraft,
    Set<Drug> rejectedDrugs,
    Language language) {

  public RecommendationRequest {
    draftDrugs = Set.copyOf(draftDrugs);
    rejectedDrugs = Set.copyOf(rejectedDrugs);
  }
}
