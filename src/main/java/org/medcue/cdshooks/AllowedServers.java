package org.medcue.cdshooks;

import java.util.List;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.tenant.Tenant;

/** Says which FHIR servers may be read for whom. */
@FunctionalInterface
public interface AllowedServers {

  /**
   * The FHIR servers of a tenant; none where nothing may be read for it. It is asked in hook calls
   * that lack something, so it answers at once.
   */
  List<AllowedFhirServer> of(Tenant tenant);
}
