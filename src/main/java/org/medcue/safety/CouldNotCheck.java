package org.medcue.safety;

import java.util.Optional;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.Drug;

/**
 * A rule lacked what it needs, so its silence says nothing.
 *
 * @param drug the drug checked, or a current or drafted one that it could not be compared with
 * @param allergy the allergy whose substance is not known; empty where the ingredients of {@code
 *     drug} are not known
 */
public record CouldNotCheck(Drug drug, Optional<Allergy> allergy) implements SafetyFinding {}
