package org.medcue.fhir;

import java.net.URI;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;

/**
 * Reads JSON from a URL that an admin listed, as guarded as FHIR servers are: addresses are checked
 * as they are connected to, and there are no redirects, proxies and cookies. Safe for concurrent
 * use.
 */
public final class GuardedHttp implements AutoCloseable {

  private final PageLoader loader =
      new PageLoader(SystemDefaultDnsResolver.INSTANCE, FhirConnections.plain());

  /**
   * Waits for the answer, until the deadline at most.
   *
   * @param privateAddresses whether the URL's host may have an address of a private network or of
   *     this machine
   * @param maxBytes as much as is read, at most
   */
  public FetchOutcome read(URI url, boolean privateAddresses, Deadline deadline, int maxBytes) {
    return loader.loadPlain(url, privateAddresses, deadline, new ByteBudget(maxBytes));
  }

  @Override
  public void close() {
    loader.close();
  }
}
