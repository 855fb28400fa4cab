package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.SourceAttributes;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.model.versions.GoldenExamples;
import org.medcue.model.versions.PredictorLoader;
import org.medcue.model.versions.VersionDosages;

/** Tries a version out before anybody is told of it. */
@ApplicationScoped
class VersionCheck {

  private final PredictorLoader loader;
  private final RegistryConfig config;

  /** On the CPU: what a replica has is its own business. */
  VersionCheck(KnowledgeLibrary library, RegistryConfig config) {
    this.loader = new PredictorLoader(library, DeviceChoice.CPU);
    this.config = config;
  }

  /**
   * Reads all that is read of it later, loads it, has it answer its golden examples, and frees it.
   *
   * @throws ModelException if its vocabulary, knowledge or files do not fit, if it answers
   *     otherwise than it did when it was made, if its profile or dosages cannot be read, or if its
   *     figure is not that of its evaluation
   */
  void requireServable(ModelFolder folder) {
    VersionFaults.inWords(folder.path(), () -> tried(folder));
  }

  private ModelFolder tried(ModelFolder folder) {
    StatedFigure.require(folder, config.figure());
    SourceAttributes.missing(folder); // what they lack is no reason yet, but they are read later
    TrainingProfile.find(folder);
    VersionDosages.read(folder);
    try (DrugPredictor predictor = loader.load(folder)) {
      GoldenExamples.check(folder, predictor);
    }
    return folder;
  }
}
