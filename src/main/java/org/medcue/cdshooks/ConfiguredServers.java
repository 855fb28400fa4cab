package org.medcue.cdshooks;

import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medcue.fhir.AllowedFhirServer;

/**
 * The FHIR servers of whoever tries Medcue, which may run on the same machine. Made at start, so
 * that a base URL that is none is noticed then.
 */
@ApplicationScoped
@DefaultBean
@Startup
class ConfiguredServers implements AllowedServers {

  private final List<AllowedFhirServer> servers;

  ConfiguredServers(
      @ConfigProperty(name = "medcue.cds-hooks.fhir-servers") Optional<List<String>> bases) {
    servers =
        bases.orElse(List.of()).stream().map(base -> new AllowedFhirServer(base, true)).toList();
  }

  @Override
  public List<AllowedFhirServer> of(String tenant) {
    return tenant.equals(CdsHooksResource.LOCAL) ? servers : List.of();
  }
}
