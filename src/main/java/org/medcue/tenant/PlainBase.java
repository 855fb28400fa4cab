package org.medcue.tenant;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The base URL of a FHIR server in the one form that calls are made with: no percent signs, dot
 * segments, empty or otherwise ambiguous parts in its path, and an address written as usual. What
 * is taken here can be called, so that an admin hears of a mistake and not the EHR.
 */
final class PlainBase {

  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;

  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final String NAME = LABEL + "(?:\\." + LABEL + ")*";
  private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String IPV4 = BYTE + "(?:\\." + BYTE + "){3}";
  private static final String IPV6 = "\\[[0-9a-f]*:[0-9a-f:]*]";
  // Resolvers read names that end in a number as addresses
  private static final String NO_NUMBER = "(?!(?:[^/:]*\\.)?(?:[0-9]+|0x[0-9a-f]*)(?:[/:]|$))";
  private static final Pattern BASE =
      Pattern.compile(
          "(?i)https?://(?:%s|%s|%s)(?::[1-9][0-9]{0,4})?".formatted(IPV4, IPV6, NO_NUMBER + NAME)
              + "(?:/(?!\\.+(?:/|$))[a-z0-9._~$-]+)*+");

  private PlainBase() {}

  /**
   * @param url a URL with a host
   */
  static boolean is(URI url) {
    String host = url.getHost();
    return BASE.matcher(url.toString()).matches()
        && url.getPort() <= MAX_PORT
        && (host.startsWith("[") ? isIpv6(host) : host.length() <= MAX_HOST);
  }

  /** An address of IPv4 in the clothes of one of IPv6 is none. */
  private static boolean isIpv6(String literal) {
    try {
      return InetAddress.getByName(literal) instanceof Inet6Address;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
