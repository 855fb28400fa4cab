package org.medcue.model;

import java.util.List;
import java.util.Optional;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.PatientEvidence;

/**
 * Predicts the drugs of a present visit from the kind of evidence that it was trained on.
 * Implementations are thread-safe.
 */
public interface DrugPredictor extends AutoCloseable {

  /**
   * Scores every label. Each is given as what can be ordered: where labels are ingredients or
   * classes of products, the product that stands for the label.
   *
   * @throws IllegalArgumentException if the evidence is not of the kind that this predictor reads
   */
  DrugPrediction predict(PatientEvidence evidence);

  /**
   * Says what weighed most in the scores of some drugs.
   *
   * @param drugs drugs that {@link #predict} gives
   * @throws IllegalArgumentException if the evidence is not of the kind that this predictor reads,
   *     or a drug not one of its own
   */
  List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> drugs);

  /**
   * What a label is, for people, where a product stands for something wider: "ingredient". Empty
   * where what is shown is what is predicted.
   */
  default Optional<String> widerLevel() {
    return Optional.empty();
  }

  /** The label that a drug counts as; its own value where it has none. */
  default String labelOf(Drug drug) {
    return drug.value();
  }

  /** Frees native memory. */
  @Override
  void close();
}
