package org.medcue.model.mrkpa;

/**
 * A visit as tokens. Each set starts with its field's [CLS].
 *
 * @param diagnoses tokens of the diagnoses
 * @param roles for each of them 0 ([CLS]), 1 (active problem) or 2 (encounter diagnosis)
 * @param drugs tokens of the drugs
 * @param symptoms tokens of the symptoms
 * @param labels output indices of the drugs that are in the label space
 * @param hasDrugs whether anything was ordered, known or not
 */
record EncodedVisit(
    int[] diagnoses, int[] roles, int[] drugs, int[] symptoms, int[] labels, boolean hasDrugs) {

  static final int ACTIVE_PROBLEM = 1;
  static final int ENCOUNTER_DIAGNOSIS = 2;
}
