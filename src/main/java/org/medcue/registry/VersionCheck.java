package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.versions.GoldenExamples;
import org.medcue.model.versions.PredictorLoader;

/** Tries a version out before anybody is told of it. */
@ApplicationScoped
class VersionCheck {

  private final PredictorLoader loader;

  /** On the CPU: what a replica has is its own business. */
  VersionCheck(KnowledgeBase knowledge, DialogueKnowledge dialogues) {
    this.loader = new PredictorLoader(knowledge, dialogues, DeviceChoice.CPU);
  }

  /**
   * Loads a version, has it answer its golden examples, and frees it.
   *
   * @throws ModelException if its vocabulary, knowledge or files do not fit, or if it answers
   *     otherwise than it did when it was made
   */
  void requireServable(ModelFolder folder) {
    try (DrugPredictor predictor = loader.load(folder)) {
      GoldenExamples.check(folder, predictor);
    }
  }
}
