package org.medcue.clinical;

/**
 * The disease that a model took a dialogue to be about.
 *
 * @param label the Chinese label of the disease, one of the model's own
 * @param english its English name
 * @param basis why this one
 */
public record DiseaseRead(String label, String english, Basis basis) {

  /** Why a disease was chosen. */
  public enum Basis {
    /** The order states it as its reason. */
    ORDER,
    /** The present Encounter states it. */
    ENCOUNTER,
    /** Several of the model's diseases are stated: read as "other". */
    SEVERAL,
    /** What is stated is none of the model's diseases: read as "other". */
    UNKNOWN,
    /** No diagnosis is stated: read as "other". */
    NONE
  }
}
