package org.medcue.serving;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.model.versions.GoldenExamples;
import org.medcue.model.versions.PredictorLoader;
import org.medcue.model.versions.VersionDosages;
import org.medcue.registry.Assignment.Assigned;
import org.medcue.registry.ModelRegistry;

/** Loads versions from the registry's folder, verified and warm. */
@ApplicationScoped
class VersionLoader implements RouteSwap.Loader {

  private static final Logger LOG = Logger.getLogger(VersionLoader.class);

  private final ModelRegistry registry;
  private final PredictorLoader predictors;
  private final ServingConfig config;
  private final ServingMetrics metrics;

  VersionLoader(
      ModelRegistry registry,
      KnowledgeLibrary library,
      ServingConfig config,
      ServingMetrics metrics) {
    this.registry = registry;
    this.predictors = new PredictorLoader(library, config.device());
    this.config = config;
    this.metrics = metrics;
  }

  @Override
  public String device() {
    return predictors.device();
  }

  @Override
  public List<KnowledgeVersion> cites(Assigned assigned) {
    return registry.manifest(assigned).knowledge();
  }

  @Override
  public LoadedVersion load(Assigned assigned) {
    ModelFolder folder = registry.open(assigned);
    DrugPredictor predictor = predictors.load(folder);
    try {
      GoldenExamples.check(folder, predictor); // which warms it, too
      return new LoadedVersion(assigned, served(folder, predictor));
    } catch (RuntimeException | Error e) {
      predictor.close();
      throw e;
    }
  }

  private ServedModel served(ModelFolder folder, DrugPredictor predictor) {
    ModelManifest manifest = folder.manifest();
    return new ServedModel(
        manifest.model(),
        manifest.version(),
        manifest.knowledge(),
        VersionDosages.read(folder),
        new BatchedPredictor(
            predictor,
            manifest.model() + "/" + manifest.version(),
            BatchedPredictor.Settings.of(config, device()),
            metrics),
        profile(folder));
  }

  /** A version whose profile is of another form answers all the same. */
  private static Optional<TrainingProfile> profile(ModelFolder folder) {
    try {
      return TrainingProfile.find(folder);
    } catch (ModelException e) {
      LOG.warnf("Drift of the version in %s is not told: %s", folder.path(), e.getMessage());
      return Optional.empty();
    }
  }
}
