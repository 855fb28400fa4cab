package org.medcue.harness;

import io.quarkus.arc.DefaultBean;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import org.medcue.fhir.AcceptedFindings;
import org.medcue.fhir.ConceptTranslator;
import org.medcue.fhir.DraftOrders;
import org.medcue.fhir.PrefetchReader;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.serving.ModelServer;
import org.medcue.serving.ServedModel;

/** Real knowledge and mapping around a model whose scores a test knows. */
public final class StubBeans {

  private static final String DOSAGE =
      "[{\"sequence\":1,\"text\":\"Take once daily.\",\"asNeededBoolean\":false}]";

  @Produces
  @Singleton
  @DefaultBean
  KnowledgeBase knowledge() {
    return KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled());
  }

  @Produces
  @Singleton
  @DefaultBean
  PrefetchReader prefetchReader(KnowledgeBase knowledge) {
    return new PrefetchReader(knowledge, ConceptTranslator.bundled(), AcceptedFindings.bundled());
  }

  @Produces
  @Singleton
  @DefaultBean
  DraftOrders draftOrders(KnowledgeBase knowledge) {
    return new DraftOrders(knowledge.drugs());
  }

  /** Serves the stub in place of a trained model. */
  @Mock
  @ApplicationScoped
  public static class StubModels extends ModelServer {

    @Override
    public ServedModel active(String serviceId) {
      return new ServedModel(
          "mrkpa",
          "1.0.0",
          KnowledgeBase.bundled(),
          Map.of(StubPredictor.LISINOPRIL, DOSAGE),
          new StubPredictor());
    }
  }
}
