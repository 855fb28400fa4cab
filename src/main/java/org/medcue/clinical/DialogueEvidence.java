package org.medcue.clinical;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A patient's dialogue and what the chart adds to it at a hook call.
 *
 * @param dialogue what was said, its end where it is long
 * @param diagnoses the diagnoses for which a drug is sought: the order's reasons, else the
 *     Encounter's; several of different diseases, or none, is "other or undiagnosed" to the model
 * @param currentDrugs drugs that the patient takes now (active orders)
 * @param allergies allergies and intolerances
 * @param displays names of diagnosis and drug codes as the chart's resources give them, keyed by
 *     code
 * @param omissions what could not be read or was not sent
 */
public record DialogueEvidence(
    Dialogue dialogue,
    List<StatedDiagnosis> diagnoses,
    Set<Drug> currentDrugs,
    List<Allergy> allergies,
    Map<String, String> displays,
    List<Omission> omissions)
    implements PatientEvidence {

  public DialogueEvidence {
    diagnoses = List.copyOf(diagnoses);
    currentDrugs = Set.copyOf(currentDrugs);
    allergies = List.copyOf(allergies);
    displays = Map.copyOf(displays);
    omissions = List.copyOf(omissions);
  }

  /** Whether nobody said anything. */
  @Override
  public boolean nothingKnown() {
    return dialogue.utterances().isEmpty();
  }
}
