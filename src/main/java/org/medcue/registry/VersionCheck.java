package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.model.versions.GoldenExamples;
import org.medcue.model.versions.PredictorLoader;

/** Tries a version out before anybody is told of it. */
@ApplicationScoped
class VersionCheck {

  private final PredictorLoader loader;

  /** On the CPU: what a replica has is its own business. */
  VersionCheck(KnowledgeLibrary library) {
    this.loader = new PredictorLoader(library, DeviceChoice.CPU);
  }

  /**
   * Reads its training profile, loads it, has it answer its golden examples, and frees it.
   *
   * @throws ModelException if its vocabulary, knowledge or files do not fit, if it answers
   *     otherwise than it did when it was made, or if it has a profile that cannot be read
   */
  void requireServable(ModelFolder folder) {
    TrainingProfile.find(folder);
    try (DrugPredictor predictor = loader.load(folder)) {
      GoldenExamples.check(folder, predictor);
    }
  }
}
