package org.medcue.serving;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.versions.PredictorLoader;
import org.medcue.registry.ModelRegistry;
import org.medcue.registry.RegistryConfig;
import org.medcue.registry.VersionRef;

/** Knows which model version answers for a service. Loads them at start, or refuses to start. */
@Startup
@ApplicationScoped
public class ModelServer implements ActiveModels {

  private static final Logger LOG = Logger.getLogger(ModelServer.class);

  private final RegistryConfig config;
  private final ModelRegistry registry;
  private final PredictorLoader loader;
  private final Map<String, ServedModel> active = new HashMap<>();

  ModelServer(
      RegistryConfig config,
      ModelRegistry registry,
      KnowledgeBase knowledge,
      DialogueKnowledge dialogues) {
    this.config = config;
    this.registry = registry;
    this.loader = new PredictorLoader(knowledge, dialogues, DeviceChoice.CPU);
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
    ModelManifest manifest = folder.manifest();
    return new ServedModel(
        manifest.model(),
        manifest.version(),
        manifest.knowledge(),
        dosages(folder),
        loader.load(folder));
  }

  /** A dialogue tells of no doses. */
  private static Map<DrugCode, String> dosages(ModelFolder folder) {
    Map<DrugCode, String> dosages = new HashMap<>();
    if (folder.manifest().files().containsKey(ModelFolder.DOSAGES)) {
      folder
          .read(ModelFolder.DOSAGES, JsonNode.class)
          .properties()
          .forEach(drug -> dosages.put(new DrugCode(drug.getKey()), drug.getValue().toString()));
    }
    return dosages;
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
