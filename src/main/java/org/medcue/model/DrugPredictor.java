package org.medcue.model;

import java.util.List;
import java.util.Optional;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.PatientEvidence;
import org.medcue.knowledge.DrugTree;

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
   * Predicts for several patients at once, in as few passes of the network as pays.
   *
   * @return the predictions in the same order, each as {@link #predict} gives it but for rounding
   *     (10<sup>-5</sup>)
   * @throws IllegalArgumentException if any evidence is not of the kind that this predictor reads
   */
  default List<DrugPrediction> predictAll(List<? extends PatientEvidence> patients) {
    return patients.stream().map(this::predict).toList();
  }

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

  /**
   * The label that a drug counts as; its own value where it has none.
   *
   * @param tree tells what a product contains, where the model's own knowledge does not
   */
  default String labelOf(Drug drug, DrugTree tree) {
    return drug.value();
  }

  /**
   * Bytes of the parameters and constants that it holds outside of Java's heap, on whatever device.
   */
  default long nativeBytes() {
    return 0;
  }

  /** Frees native memory. */
  @Override
  void close();
}
