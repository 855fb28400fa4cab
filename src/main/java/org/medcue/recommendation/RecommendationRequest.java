package org.medcue.recommendation;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;

/**
 * One call for suggestions.
 *
 * @param serviceId the CDS service asked
 * @param hookInstance the call, as the EHR numbers it
 * @param patientId identifier of the Patient
 * @param encounterId identifier of the present Encounter, where there is one
 * @param evidence the chart as it could be read
 * @param draftDrugs drugs among the draft orders
 * @param unreadDraft whether a draft order states a drug that could not be read
 * @param rejectedDrugs drugs that the doctor rejected earlier in this encounter
 */
public record RecommendationRequest(
    String serviceId,
    UUID hookInstance,
    String patientId,
    Optional<String> encounterId,
    VisitEvidence evidence,
    Set<DrugCode> draftDrugs,
    boolean unreadDraft,
    Set<DrugCode> rejectedDrugs) {

  public RecommendationRequest {
    draftDrugs = Set.copyOf(draftDrugs);
    rejectedDrugs = Set.copyOf(rejectedDrugs);
  }

  /**
   * Whether the chart holds no earlier visit and no code of the present one. A model then only
   * repeats what is ordered most in its training data, whoever the patient is.
   */
  public boolean nothingKnown() {
    Visit present = evidence.visits().present();
    return evidence.visits().history().isEmpty()
        && present.diagnoses().isEmpty()
        && present.symptoms().isEmpty();
  }
}
