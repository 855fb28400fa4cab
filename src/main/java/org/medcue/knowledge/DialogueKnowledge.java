package org.medcue.knowledge;

import java.nio.file.Path;
import java.util.List;

/**
 * The knowledge that a dialogue model was trained with and is served with.
 *
 * @param diseases its diseases
 * @param drugs its drugs and their names
 * @param graph facts about both
 */
public record DialogueKnowledge(DialogueDiseases diseases, DrugLexicon drugs, DiseaseGraph graph) {

  private static final List<KnowledgeVersion> BUNDLED =
      List.of(
          new KnowledgeVersion(DialogueDiseases.NAME, "1.0.0"),
          new KnowledgeVersion(DrugLexicon.NAME, "1.0.0"),
          new KnowledgeVersion(DiseaseGraph.NAME, "1.0.0"));

  /** The current versions, for a new model. */
  public static List<KnowledgeVersion> bundled() {
    return BUNDLED;
  }

  /**
   * Reads and verifies {@code knowledge/<name>/<version>/} for each of the three.
   *
   * @param modelRegistry the folder {@code model-registry}
   * @param versions one of each piece, as a model's manifest cites them
   * @throws KnowledgeException if a piece is not cited, missing, changed or unreadable
   */
  public static DialogueKnowledge load(Path modelRegistry, List<KnowledgeVersion> versions) {
    return KnowledgeLibrary.unregistered(modelRegistry).dialogues(versions);
  }

  /** The versions of the three pieces. */
  public List<KnowledgeVersion> versions() {
    return List.of(diseases.version(), drugs.version(), graph.version());
  }
}
