package org.medcue.clinical;

/**
 * A drug and the model's probability for it.
 *
 * @param drug a drug of the label space
 * @param probability between 0 and 1
 */
public record ScoredDrug(Drug drug, double probability) {

  public ScoredDrug {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is between 0 and 1, not " + probability);
    }
  }
}
