package org.medcue.clinical;

import java.util.List;
import java.util.Optional;

/**
 * The scores of one prediction.
 *
 * @param ranked every drug of the label space, most probable first; none where a model had nothing
 *     to read
 * @param omissions codes that the model replaced by an ancestor or did not know at all, by field
 * @param disease the disease that the model took it to be about, where it reads one
 */
public record DrugPrediction(
    List<ScoredDrug> ranked, List<Omission> omissions, Optional<DiseaseRead> disease) {

  public DrugPrediction {
    ranked = List.copyOf(ranked);
    omissions = List.copyOf(omissions);
  }

  /** Of a model that is told no disease. */
  public DrugPrediction(List<ScoredDrug> ranked, List<Omission> omissions) {
    this(ranked, omissions, Optional.empty());
  }
}
