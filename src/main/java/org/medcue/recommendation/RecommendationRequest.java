package org.medcue.recommendation;

import java.util.Set;
import org.medcue.clinical.Drug;
import org.medcue.clinical.PatientEvidence;

/**
 * What a recommendation is made of.
 *
 * @param serviceId the CDS service asked
 * @param call who asked about whom
 * @param evidence the chart or dialogue as it could be read
 * @param draftDrugs drugs among the draft orders
 * @param unreadDraft whether a draft order states a drug that could not be read
 * @param rejectedDrugs drugs that the doctor rejected earlier in this encounter
 * @param language what the doctor reads
 */
public record RecommendationRequest(
    String serviceId,
    HookCall call,
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
