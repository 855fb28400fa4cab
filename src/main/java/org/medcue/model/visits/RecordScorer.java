package org.medcue.model.visits;

import java.util.List;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;

/** A system that scores the drugs of visits, as evaluation needs it: models and baselines. */
public interface RecordScorer extends AutoCloseable {

  /** The label space in order of output. */
  List<String> labels();

  /**
   * The label that an ordered drug counts as; the drug itself where the label space has none, so
   * that it counts as missed.
   */
  String labelOf(DrugCode drug);

  /**
   * Scores several visits of one patient, each as if it were present: of a target its diagnoses and
   * symptoms are read and the visits before it, never its drugs nor anything later.
   *
   * @param targets indices of visits, ascending
   * @param coverage counts the codes of all visits of the patient
   * @return probabilities (targets, labels)
   */
  float[][] score(PatientRecord patient, List<Integer> targets, CodeCoverage coverage);

  /**
   * Whether it suggests whatever the last visit with drugs had, in or out of the label space: such
   * a system ranks nothing, so it has no PR-AUC.
   */
  default boolean copies() {
    return false;
  }

  /** Frees native memory. */
  @Override
  default void close() {}
}
