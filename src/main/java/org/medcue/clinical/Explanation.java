package org.medcue.clinical;

import java.util.List;

/**
 * What weighed for or against one drug, by leaving each part out: the weight is the logit with
 * everything less the logit without that part, so positive speaks for the drug.
 *
 * @param drug the drug explained
 * @param visits earlier visits by Encounter identifier, heaviest first
 * @param codes codes of the present visit (ICD-10-CM, or SNOMED CT for some symptoms), heaviest
 *     first
 */
public record Explanation(DrugCode drug, List<Weight> visits, List<Weight> codes) {

  /** The weight of one visit or code, in logits. */
  public record Weight(String of, double weight) {}

  public Explanation {
    visits = List.copyOf(visits);
    codes = List.copyOf(codes);
  }
}
