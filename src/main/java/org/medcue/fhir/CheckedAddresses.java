package org.medcue.fhir;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.http.conn.DnsResolver;

/**
 * Resolves names for the connection itself, and refuses those of which any address may not be
 * called. What is checked is what is connected to: a name that stands for something else a moment
 * later gains nothing.
 */
final class CheckedAddresses implements DnsResolver {

  private final DnsResolver names;
  private final boolean privateAddresses;

  CheckedAddresses(DnsResolver names, boolean privateAddresses) {
    this.names = names;
    this.privateAddresses = privateAddresses;
  }

  /** A name stands for an address that may not be called. */
  static final class Forbidden extends UnknownHostException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.resolve(host);
    for (InetAddress address : addresses) {
      AddressKind kind = AddressKind.of(address);
      if (kind != AddressKind.PUBLIC && !(privateAddresses && kind == AddressKind.PRIVATE)) {
        throw new Forbidden();
      }
    }
    return addresses;
  }
}
