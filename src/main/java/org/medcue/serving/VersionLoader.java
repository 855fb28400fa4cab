package org.medcue.serving;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.ddn.DdnPredictor;
import org.medcue.model.mrkpa.MrKpaPredictor;
import org.medcue.registry.Assignment.Assigned;
import org.medcue.registry.ModelRegistry;

/** Loads versions from the registry's folder, verified and warm. */
@ApplicationScoped
class VersionLoader implements RouteSwap.Loader {

  private static final String DIALOGUE_MODEL = "ddn";

  private final ModelRegistry registry;
  private final KnowledgeBase knowledge;
  private final DialogueKnowledge dialogues;
  private final ServingConfig config;
  private final ServingMetrics metrics;

  VersionLoader(
      ModelRegistry registry,
      KnowledgeBase knowledge,
      DialogueKnowledge dialogues,
      ServingConfig config,
      ServingMetrics metrics) {
    this.registry = registry;
    this.knowledge = knowledge;
    this.dialogues = dialogues;
    this.config = config;
    this.metrics = metrics;
  }

  @Override
  public LoadedVersion load(Assigned assigned) {
    ModelFolder folder = registry.open(assigned);
    DrugPredictor predictor = predictor(folder);
    try {
      // Golden examples are checked here; computing them warms the version, too
      return loaded(assigned, folder, predictor);
    } catch (RuntimeException e) {
      predictor.close();
      throw e;
    }
  }

  private LoadedVersion loaded(Assigned assigned, ModelFolder folder, DrugPredictor predictor) {
    ModelManifest manifest = folder.manifest();
    Map<DrugCode, String> dosages = isOfDialogues(folder) ? Map.of() : dosages(folder);
    BatchedPredictor batched =
        new BatchedPredictor(
            predictor, assigned.ref().toString(), BatchedPredictor.Settings.of(config), metrics);
    ServedModel model =
        new ServedModel(
            manifest.model(), manifest.version(), manifest.knowledge(), dosages, batched);
    return new LoadedVersion(assigned, model);
  }

  private DrugPredictor predictor(ModelFolder folder) {
    requireKnowledge(folder, isOfDialogues(folder) ? dialogues.versions() : knowledge.versions());
    return isOfDialogues(folder)
        ? DdnPredictor.load(folder, dialogues, knowledge.drugs())
        : MrKpaPredictor.load(folder, knowledge);
  }

  private static boolean isOfDialogues(ModelFolder folder) {
    return folder.manifest().model().equals(DIALOGUE_MODEL);
  }

  private static Map<DrugCode, String> dosages(ModelFolder folder) {
    Map<DrugCode, String> dosages = new HashMap<>();
    folder
        .read(ModelFolder.DOSAGES, JsonNode.class)
        .properties()
        .forEach(drug -> dosages.put(new DrugCode(drug.getKey()), drug.getValue().toString()));
    return dosages;
  }

  private static void requireKnowledge(ModelFolder folder, List<KnowledgeVersion> served) {
    List<KnowledgeVersion> built = folder.manifest().knowledge();
    if (!built.equals(served)) {
      throw new ModelException(
          folder.path()
              + " was built on "
              + built
              + ", but this service reads by "
              + served
              + ": retrain the model or serve it with its own release");
    }
  }
}
