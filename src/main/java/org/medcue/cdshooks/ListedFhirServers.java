package org.medcue.cdshooks;

import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.tenant.Tenant;

/**
 * The FHIR servers that an admin listed for a tenant. Where client trust is off, those of the
 * configuration, which may run on the same machine; made at start, so that a base URL that is none
 * is noticed then.
 */
@ApplicationScoped
@DefaultBean
@Startup
class ListedFhirServers implements AllowedServers {

  private final List<AllowedFhirServer> local;

  ListedFhirServers(
      @ConfigProperty(name = "medcue.cds-hooks.fhir-servers") Optional<List<String>> bases) {
    local =
        bases.orElse(List.of()).stream().map(base -> new AllowedFhirServer(base, true)).toList();
  }

  @Override
  public List<AllowedFhirServer> of(Tenant tenant) {
    return tenant.id().equals(Tenant.LOCAL)
        ? local
        : tenant.settings().fhirServers().stream()
            .map(server -> new AllowedFhirServer(server.base(), server.privateAddresses()))
            .toList();
  }
}
