package org.medcue.cli;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medcue.fhir.AcceptedFindings;
import org.medcue.fhir.ConceptTranslator;
import org.medcue.fhir.DialogueReader;
import org.medcue.fhir.DraftOrders;
import org.medcue.fhir.FhirServerClient;
import org.medcue.fhir.PrefetchReader;
import org.medcue.knowledge.DialogueKnowledge;
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
  DialogueKnowledge dialogueKnowledge(
      @ConfigProperty(name = "medcue.registry.path") Path registry) {
    return DialogueKnowledge.load(registry, DialogueKnowledge.bundled());
  }

  @Produces
  @Singleton
  ConceptTranslator translator(
      @ConfigProperty(name = "medcue.terminology.concept-map") Optional<Path> conceptMap) {
    return conceptMap.map(ConceptTranslator::load).orElseGet(ConceptTranslator::bundled);
  }

  @Produces
  @Singleton
  AcceptedFindings acceptedFindings(
      @ConfigProperty(name = "medcue.terminology.accepted-findings") Optional<Path> findings) {
    return findings.map(AcceptedFindings::load).orElseGet(AcceptedFindings::bundled);
  }

  @Produces
  @Singleton
  PrefetchReader prefetchReader(
      KnowledgeBase knowledge, ConceptTranslator translator, AcceptedFindings accepted) {
    return new PrefetchReader(knowledge, translator, accepted);
  }

  @Produces
  @Singleton
  DialogueReader dialogueReader(
      KnowledgeBase knowledge,
      DialogueKnowledge dialogues,
      ConceptTranslator translator,
      AcceptedFindings accepted) {
    return new DialogueReader(knowledge, dialogues.drugs(), translator, accepted);
  }

  @Produces
  @Singleton
  DraftOrders draftOrders(KnowledgeBase knowledge, DialogueKnowledge dialogues) {
    return new DraftOrders(knowledge.drugs(), dialogues.drugs());
  }

  @Produces
  @Singleton
  FhirServerClient fhirServers() {
    return new FhirServerClient();
  }

  void close(@Disposes FhirServerClient fhirServers) {
    fhirServers.close();
  }
}
