package org.medcue.safety;

import java.util.Optional;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.Drug;

/**
 * The chart states an allergy to the drug or to a relative of it.
 *
 * @param drug the drug checked
 * @param allergy the allergy as charted
 * @param sharedClass the ATC class that makes this a cross-sensitivity: the level 4 class of both,
 *     or the class that the allergy names; empty where the drug contains the very substance
 */
public record AllergyFinding(Drug drug, Allergy allergy, Optional<String> sharedClass)
    implements SafetyFinding {

  /** Whether a related substance or a class is charted, not the substance itself. */
  public boolean crossSensitivity() {
    return sharedClass.isPresent();
  }
}
