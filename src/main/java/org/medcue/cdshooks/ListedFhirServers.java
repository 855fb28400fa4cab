package org.medcue.cdshooks;

import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.tenant.FhirServer;
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

  private static final Logger LOG = Logger.getLogger(ListedFhirServers.class);

  private final List<AllowedFhirServer> local;
  private final Set<String> noticed = ConcurrentHashMap.newKeySet();

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
            .flatMap(server -> usable(tenant, server).stream())
            .toList();
  }

  /**
   * A base that was taken when the rules were laxer costs the tenant this server, not its calls.
   */
  private Optional<AllowedFhirServer> usable(Tenant tenant, FhirServer server) {
    try {
      return Optional.of(new AllowedFhirServer(server.base(), server.privateAddresses()));
    } catch (IllegalArgumentException e) {
      if (noticed.add(tenant.id())) {
        LOG.warnf("Tenant %s lists a FHIR server by no plain base URL: not read", tenant.id());
      }
      return Optional.empty();
    }
  }
}
