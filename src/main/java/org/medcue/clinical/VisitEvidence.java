package org.medcue.clinical;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A patient's chart as Medcue could read it at a hook call.
 *
 * @param visits history and present visit
 * @param currentDrugs drugs that the patient takes now (active orders)
 * @param allergies allergies and intolerances
 * @param displays names of diagnosis, symptom and drug codes as the chart's resources give them,
 *     keyed by code
 * @param omissions what could not be read or was not sent
 */
public record VisitEvidence(
    VisitSequence visits,
    Set<DrugCode> currentDrugs,
    List<Allergy> allergies,
    Map<String, String> displays,
    List<Omission> omissions)
    implements PatientEvidence {

  public VisitEvidence {
    currentDrugs = Set.copyOf(currentDrugs);
    allergies = List.copyOf(allergies);
    displays = Map.copyOf(displays);
    omissions = List.copyOf(omissions);
  }

  /** Whether the chart holds no earlier visit and no code of the present one. */
  @Override
  public boolean nothingKnown() {
    Visit present = visits.present();
    return visits.history().isEmpty()
        && present.diagnoses().isEmpty()
        && present.symptoms().isEmpty();
  }
}
