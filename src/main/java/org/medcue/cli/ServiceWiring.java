package org.medcue.cli;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medcue.fhir.AcceptedFindings;
import org.medcue.fhir.ConceptTranslator;
import org.medcue.fhir.FhirServerClient;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.registry.KnowledgeRegister;
import org.medcue.registry.RegistryConfig;

/** Makes beans of what knows nothing of Quarkus. */
final class ServiceWiring {

  @Produces
  @Singleton
  KnowledgeLibrary knowledge(RegistryConfig registry, KnowledgeRegister register) {
    return new KnowledgeLibrary(registry.path(), register);
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
  FhirServerClient fhirServers() {
    return new FhirServerClient();
  }

  void close(@Disposes FhirServerClient fhirServers) {
    fhirServers.close();
  }
}
