package org.medcue.cli;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medcue.fhir.AcceptedFindings;
import org.medcue.fhir.ConceptTranslator;
import org.medcue.fhir.DraftOrders;
import org.medcue.fhir.PrefetchReader;
import org.medcue.knowledge.KnowledgeBase;

/** Makes beans of what knows nothing of Quarkus. */
final class ServiceWiring {

  @Produces
  @Singleton
  KnowledgeBase knowledge(@ConfigProperty(name = "medcue.registry.path") Path registry) {
    return KnowledgeBase.load(registry, KnowledgeBase.bundled());
  }

  @Produces
  @Singleton
  PrefetchReader prefetchReader(
      KnowledgeBase knowledge,
      @ConfigProperty(name = "medcue.terminology.concept-map") Optional<Path> conceptMap,
      @ConfigProperty(name = "medcue.terminology.accepted-findings") Optional<Path> findings) {
    return new PrefetchReader(
        knowledge,
        conceptMap.map(ConceptTranslator::load).orElseGet(ConceptTranslator::bundled),
        findings.map(AcceptedFindings::load).orElseGet(AcceptedFindings::bundled));
  }

  @Produces
  @Singleton
  DraftOrders draftOrders(KnowledgeBase knowledge) {
    return new DraftOrders(knowledge.drugs());
  }
}
