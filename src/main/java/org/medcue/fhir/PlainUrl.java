package org.medcue.fhir;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http or https URL in its plain form, and in no other: two programs that read it understand the
 * same host. What has several readings is no plain URL: user-info, fragments, backslashes, percent
 * signs and dot segments in the path, trailing dots, and addresses that are not written as usual.
 *
 * @param origin scheme, host and port in lower case, without the scheme's own port
 * @param path without a final slash, empty or beginning with a slash
 * @param query with its question mark, or empty
 */
record PlainUrl(String origin, String path, String query) {

  private static final int MAX_LENGTH = 4_000;
  private static final int MAX_HOST = 253;

  private static final Pattern URL =
      Pattern.compile(
          "(?i)(https?)://([^/?]+?)(?::([1-9][0-9]{0,4}))?"
              + "((?:/[a-z0-9._~$-]+)*+)/?"
              + "(\\?(?:[a-z0-9._~$!&'()*+,;=:@/?|\\[\\]-]+|%[0-9a-f]{2})*+)?");
  private static final Pattern DOTS = Pattern.compile("/\\.+(?:/|$)");

  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  // Resolvers read such names as addresses: decimal, octal, hexadecimal, shortened
  private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f]*:[0-9a-f:.]*]");

  /** Reads a URL; empty where it is not plain. */
  static Optional<PlainUrl> parse(String text) {
    Matcher url = URL.matcher(text);
    if (text.length() > MAX_LENGTH || !url.matches() || DOTS.matcher(url.group(4)).find()) {
      return Optional.empty();
    }
    String scheme = url.group(1).toLowerCase(Locale.ROOT);
    int ownPort = scheme.equals("https") ? 443 : 80;
    int port = url.group(3) == null ? ownPort : Integer.parseInt(url.group(3));
    // A bar is not allowed in a URL, yet servers write it between system and code
    String query = url.group(5) == null ? "" : url.group(5).replace("|", "%7C");
    return port > 65_535
        ? Optional.empty()
        : host(url.group(2).toLowerCase(Locale.ROOT))
            .map(host -> scheme + "://" + host + (port == ownPort ? "" : ":" + port))
            .map(origin -> new PlainUrl(origin, url.group(4), query));
  }

  private static Optional<String> host(String host) {
    if (IPV6.matcher(host).matches()) {
      return ipv6(host);
    }
    boolean plain =
        host.length() <= MAX_HOST
            && (NUMBER.matcher(host).matches() ? IPV4 : NAME).matcher(host).matches();
    return plain ? Optional.of(host) : Optional.empty();
  }

  private static Optional<String> ipv6(String literal) {
    try {
      // A literal is not looked up. One that holds an IPv4 address becomes that address.
      return InetAddress.getByName(literal) instanceof Inet6Address address
          ? Optional.of("[" + address.getHostAddress() + "]")
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return origin + path + query;
  }
}
