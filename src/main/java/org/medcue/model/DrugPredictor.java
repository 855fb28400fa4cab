package org.medcue.model;

import java.util.List;
import java.util.Optional;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.VisitSequence;

/** Predicts the drugs of a present visit. Implementations are thread-safe. */
public interface DrugPredictor extends AutoCloseable {

  /**
   * Scores every label. Each is given as a product that can be ordered: where labels are
   * ingredients or classes, the one that stands for the label.
   */
  DrugPrediction predict(VisitSequence visits);

  /**
   * Says what weighed most in the scores of some drugs.
   *
   * @param drugs products that {@link #predict} gives
   */
  List<Explanation> explain(VisitSequence visits, List<DrugCode> drugs);

  /**
   * What a label is, for people, where a product stands for something wider: "ingredient". Empty
   * where labels are products.
   */
  default Optional<String> widerLevel() {
    return Optional.empty();
  }

  /** The label that a drug counts as; its own code where it has none. */
  default String labelOf(DrugCode drug) {
    return drug.value();
  }

  /** Frees native memory. */
  @Override
  void close();
}
