package org.medcue.model;

import java.util.List;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.VisitSequence;

/** Predicts the drugs of a present visit. Implementations are thread-safe. */
public interface DrugPredictor extends AutoCloseable {

  /** Scores every drug of the label space. */
  DrugPrediction predict(VisitSequence visits);

  /** Says what weighed most in the scores of some drugs of the label space. */
  List<Explanation> explain(VisitSequence visits, List<DrugCode> drugs);

  /** Frees native memory. */
  @Override
  void close();
}
