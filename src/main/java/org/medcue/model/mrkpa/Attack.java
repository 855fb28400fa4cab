package org.medcue.model.mrkpa;

/**
 * The adversarial perturbation of fine-tuning (MR-KPA, equations 12–13): r = ε · g / ‖g‖ along the
 * gradient of the loss, so that it makes the loss worse. (The paper's minus would make it better.)
 *
 * @param target what is perturbed
 * @param epsilon ε, the length of the perturbation
 */
public record Attack(Target target, float epsilon) {

  /** What is perturbed. */
  public enum Target {
    /** Nothing: no adversarial training. */
    NONE,
    /** Each whole table of ontology embeddings, as the paper's reference code does. */
    TABLES,
    /** Each diagnosis and drug visit vector, as the paper writes it. */
    VISITS
  }

  public Attack {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon must be positive");
    }
  }
}
