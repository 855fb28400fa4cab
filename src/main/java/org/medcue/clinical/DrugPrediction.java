package org.medcue.clinical;

import java.util.List;

/**
 * The scores of one prediction.
 *
 * @param ranked every drug of the label space, most probable first
 * @param omissions codes that the model replaced by an ancestor or did not know at all, by field
 */
public record DrugPrediction(List<ScoredDrug> ranked, List<Omission> omissions) {

  public DrugPrediction {
    ranked = List.copyOf(ranked);
    omissions = List.copyOf(omissions);
  }
}
