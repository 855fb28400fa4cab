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
 * @param utterances what was said, by its place in the dialogue, heaviest first
 */
public record Explanation(
    Drug drug, List<Weight> visits, List<Weight> codes, List<Said> utterances) {

  /** The weight of one visit or code, in logits. */
  public record Weight(String of, double weight) {}

  /** The weight of the utterance at a place, counted from 0, in logits. */
  public record Said(int place, double weight) {}

  public Explanation {
    visits = List.copyOf(visits);
    codes = List.copyOf(codes);
    utterances = List.copyOf(utterances);
  }

  /** Of a model that reads visits. */
  public Explanation(Drug drug, List<Weight> visits, List<Weight> codes) {
    this(drug, visits, codes, List.of());
  }

  /** Of a model that reads dialogues. */
  public static Explanation ofDialogue(Drug drug, List<Said> utterances) {
    return new Explanation(drug, List.of(), List.of(), utterances);
  }

  /** Where nothing is known of what weighed. */
  public static Explanation none(Drug drug) {
    return new Explanation(drug, List.of(), List.of());
  }
}
