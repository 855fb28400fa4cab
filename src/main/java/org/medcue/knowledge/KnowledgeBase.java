package org.medcue.knowledge;

import java.nio.file.Path;
import java.util.List;

/**
 * The knowledge that a model was trained with and is served with.
 *
 * @param icd diagnoses
 * @param drugs drugs, their ingredients and classes
 * @param symptoms symptoms and findings
 */
public record KnowledgeBase(Icd10CmTree icd, DrugTree drugs, SymptomDictionary symptoms) {

  private static final List<KnowledgeVersion> BUNDLED =
      List.of(
          new KnowledgeVersion(Icd10CmTree.NAME, "1.0.0"),
          new KnowledgeVersion(DrugTree.NAME, "1.0.0"),
          new KnowledgeVersion(SymptomDictionary.NAME, "1.0.0"));

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
  public static KnowledgeBase load(Path modelRegistry, List<KnowledgeVersion> versions) {
    return KnowledgeLibrary.unregistered(modelRegistry).visits(versions);
  }

  /** The versions of the three pieces. */
  public List<KnowledgeVersion> versions() {
    return List.of(icd.version(), drugs.version(), symptoms.version());
  }
}
