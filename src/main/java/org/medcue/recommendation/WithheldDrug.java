package org.medcue.recommendation;

import java.util.List;
import org.medcue.clinical.Drug;

/**
 * A drug that the model ranked high enough and that is not offered all the same.
 *
 * @param drug its code or label
 * @param display its name
 * @param probability the model's probability, 0 to 1
 * @param cause why in short
 * @param reasons why in words; plain text, may quote the chart
 */
public record WithheldDrug(
    Drug drug, String display, double probability, Cause cause, List<String> reasons) {

  /** Why a drug is not offered. */
  public enum Cause {
    /** The chart states an allergy. */
    ALLERGY,
    /** It is among the draft orders already. */
    DRAFTED,
    /** The doctor rejected it earlier in this encounter. */
    REJECTED
  }

  public WithheldDrug {
    reasons = List.copyOf(reasons);
  }
}
