package org.medcue.serving;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.ddn.DdnPredictor;
import org.medcue.model.mrkpa.MrKpaPredictor;
import org.medcue.registry.ModelRegistry;
import org.medcue.registry.RegistryConfig;
import org.medcue.registry.VersionRef;

/** Knows which model version answers for a service. Loads them at start, or refuses to start. */
@Startup
@ApplicationScoped
public class ModelServer implements ActiveModels {

  private static final Logger LOG = Logger.getLogger(ModelServer.class);

  private static final String DIALOGUE_MODEL = "ddn";

  private final RegistryConfig config;
  private final ModelRegistry registry;
  private final KnowledgeBase knowledge;
  private final DialogueKnowledge dialogues;
  private final Map<String, ServedModel> active = new HashMap<>();

  ModelServer(
      RegistryConfig config,
      ModelRegistry registry,
      KnowledgeBase knowledge,
      DialogueKnowledge dialogues) {
    this.config = config;
    this.registry = registry;
    this.knowledge = knowledge;
    this.dialogues = dialogues;
  }

  @PostConstruct
  void load() {
    config
        .initial()
        .forEach(
            (service, reference) -> {
              if (reference.equals(NONE)) {
                LOG.infof("%s is not answered", service);
                return;
              }
              active.put(service, load(registry.open(VersionRef.parse(reference))));
              LOG.infof("%s is answered by %s", service, reference);
            });
  }

  private ServedModel load(ModelFolder folder) {
    return folder.manifest().model().equals(DIALOGUE_MODEL)
        ? loadDialogueModel(folder)
        : loadVisitModel(folder);
  }

  private ServedModel loadDialogueModel(ModelFolder folder) {
    ModelManifest manifest = folder.manifest();
    requireKnowledge(folder, dialogues.versions());
    return new ServedModel(
        manifest.model(),
        manifest.version(),
        manifest.knowledge(),
        Map.of(),
        DdnPredictor.load(folder, dialogues, knowledge.drugs()));
  }

  private ServedModel loadVisitModel(ModelFolder folder) {
    ModelManifest manifest = folder.manifest();
    requireKnowledge(folder, knowledge.versions());
    Map<DrugCode, String> dosages = new HashMap<>();
    folder
        .read(ModelFolder.DOSAGES, JsonNode.class)
        .properties()
        .forEach(drug -> dosages.put(new DrugCode(drug.getKey()), drug.getValue().toString()));
    return new ServedModel(
        manifest.model(),
        manifest.version(),
        manifest.knowledge(),
        dosages,
        MrKpaPredictor.load(folder, knowledge));
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

  @Override
  public boolean has(String serviceId) {
    return active.containsKey(serviceId);
  }

  @Override
  public ServedModel active(String serviceId) {
    ServedModel model = active.get(serviceId);
    if (model == null) {
      throw new IllegalStateException(
          "no model is configured for " + serviceId + ": set medcue.registry.initial");
    }
    return model;
  }

  @PreDestroy
  void close() {
    active.values().forEach(ServedModel::close);
  }
}
