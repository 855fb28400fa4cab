package org.medcue.cli;

import io.quarkus.runtime.Quarkus;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.medcue.fhir.AcceptedFindings;
import org.medcue.fhir.ConceptTranslator;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;
import org.medcue.recommendation.RecommendationServices;
import org.medcue.registry.RegistryConfig;
import picocli.CommandLine.Command;

/** Brings the web service up and blocks until it ends. */
@Command(
    name = "serve",
    description = {
      "Serve CDS Hooks over HTTP; this is the default command.",
      "People sign in at the OIDC server named by quarkus.oidc.auth-server-url, with the client's"
          + " quarkus.oidc.credentials.secret.",
      "Without quarkus.datasource.jdbc.url an embedded PostgreSQL is started.",
      "Configuration goes before -jar (java -Dquarkus.http.port=8090 -jar …) or into environment"
          + " variables (QUARKUS_HTTP_PORT=8090)."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Override
  public Integer call() throws Exception {
    SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    SecuritySettings.require(config, isDevelopment());
    requireUsableFiles(config);
    DatabaseOptions.requireReachable();
    try (EmbeddedDatabase database = EmbeddedDatabase.startUnlessConfigured()) {
      database.announce();
      Quarkus.run();
      return 0;
    }
  }

  /**
   * Whether {@code mvn quarkus:dev} runs this. Quarkus states its launch mode only once it starts,
   * and the profile is for anybody to set; the class loader of development is in no package.
   */
  private static boolean isDevelopment() {
    return ServeCommand.class
        .getClassLoader()
        .getClass()
        .getName()
        .equals("io.quarkus.bootstrap.classloading.QuarkusClassLoader");
  }

  /** Says in one line what the service would fail on amid stack traces. */
  private static void requireUsableFiles(SmallRyeConfig config) {
    Path registry = config.getValue("medcue.registry.path", Path.class);
    KnowledgeBase.load(registry, KnowledgeBase.bundled());
    DialogueKnowledge.load(registry, DialogueKnowledge.bundled());
    Map<String, String> active =
        new HashMap<>(config.getValues("medcue.registry.initial", String.class, String.class));
    active.values().removeIf(RegistryConfig.NONE::equals);
    active.forEach(ServeCommand::requireFittingModel);
    active.values().forEach(reference -> ModelFolder.open(registry.resolve(reference)));
    config
        .getOptionalValue("medcue.terminology.concept-map", Path.class)
        .ifPresent(ConceptTranslator::load);
    config
        .getOptionalValue("medcue.terminology.accepted-findings", Path.class)
        .ifPresent(AcceptedFindings::load);
    requireFloor(config);
  }

  /** A model of visits cannot read dialogues, nor the other way round. */
  private static void requireFittingModel(String service, String reference) {
    if (!RecommendationServices.ALL.contains(service)) {
      throw new CommandException(
          "medcue.registry.initial names "
              + service
              + ", which is no service: choose among "
              + RecommendationServices.ALL);
    }
    boolean dialogue = service.equals(RecommendationServices.MEDICATIONS_FROM_DIALOGUE);
    if (dialogue != reference.startsWith("ddn/")) {
      throw new CommandException(
          reference
              + " cannot answer for "
              + service
              + ": configure a version of "
              + (dialogue ? "ddn" : "mrkpa"));
    }
  }

  private static void requireFloor(SmallRyeConfig config) {
    double floor = config.getValue("medcue.suggestions.confidence-floor", Double.class);
    if (floor < 0 || floor > 1) {
      throw new CommandException(
          "medcue.suggestions.confidence-floor is " + floor + ": set it between 0 and 1");
    }
  }
}
