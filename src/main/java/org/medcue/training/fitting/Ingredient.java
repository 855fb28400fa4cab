package org.medcue.training.fitting;

/** What MR-KPA adds to a plain network over visits; each can be left out. */
public enum Ingredient {
  /** Embeddings of codes by graph attention over their ancestors (equation 1). */
  ONTOLOGY,
  /** Pre-training on single visits (equations 5–9). */
  PRETRAINING,
  /** Adversarial training (equations 12–13). */
  ADVERSARIAL
}
