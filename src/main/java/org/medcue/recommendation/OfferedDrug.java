package org.medcue.recommendation;

import java.util.List;
import java.util.Optional;
import org.medcue.clinical.Drug;
import org.medcue.clinical.Explanation;

/**
 * A drug that the doctor may choose.
 *
 * @param drug its code or label
 * @param display its name
 * @param atc the ATC codes of a label, the usual one first; empty for a product and for what has
 *     none
 * @param probability the model's probability, 0 to 1
 * @param renewal whether the patient takes it already, or another product of the same label
 * @param takenInstead the name of that other product, where the patient takes not this one
 * @param orderedBefore whether an earlier visit ordered it, or another product of the same label
 * @param usualDosage the {@code dosageInstruction} array ordered most often in training, FHIR JSON
 * @param explanation what weighed most
 * @param remarks findings that the doctor should know, in words; plain text
 */
public record OfferedDrug(
    Drug drug,
    String display,
    List<String> atc,
    double probability,
    boolean renewal,
    Optional<String> takenInstead,
    boolean orderedBefore,
    Optional<String> usualDosage,
    Explanation explanation,
    List<String> remarks) {

  public OfferedDrug {
    atc = List.copyOf(atc);
    remarks = List.copyOf(remarks);
  }
}
