package org.medcue.training.dialogue;

/**
 * The {@code evaluation.json} of a version of DDN. The figures are of cross-validation: of systems
 * made like the version, each judged on dialogues that it was not fitted on.
 *
 * @param clinical under the clinical protocol
 * @param paper under that of the DDN paper
 * @param feasibility under the clinical protocol, by how much was said
 * @param graph how well TransR's embeddings tell facts of the knowledge graph
 */
public record DdnEvaluation(
    DialogueReport clinical,
    DialogueReport paper,
    FeasibilityCurve feasibility,
    GraphFigures graph) {

  /**
   * @param facts held out
   * @param hitsAt10 share of them whose tail is among the ten nearest, of all that would not make
   *     another known fact
   */
  public record GraphFigures(int facts, double hitsAt10) {}
}
