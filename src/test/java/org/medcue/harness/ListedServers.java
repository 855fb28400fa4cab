package org.medcue.harness;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import org.medcue.cdshooks.AllowedServers;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.tenant.Tenant;

/** Allows the FHIR servers that a test names, to every tenant. */
@Alternative
@Singleton
public class ListedServers implements AllowedServers {

  private static volatile List<AllowedFhirServer> servers = List.of();

  public static void list(AllowedFhirServer... allowed) {
    servers = List.of(allowed);
  }

  @Override
  public List<AllowedFhirServer> of(Tenant tenant) {
    return servers;
  }
}
