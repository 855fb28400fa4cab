package org.medcue.fhir;

import java.net.URI;
import java.util.Collection;
import java.util.Optional;

/**
 * A FHIR server that may be read from. Only what is listed is ever called: a request names its
 * server, and whoever sends requests must not choose what this service connects to.
 *
 * @param base its base URL, such as {@code https://ehr.example/fhir/r4}; kept in lower case up to
 *     the path and without a final slash. Plain http is for development.
 * @param privateAddresses whether its name may stand for an address of a private network or of this
 *     machine; link-local addresses, where clouds keep their secrets, never
 */
public record AllowedFhirServer(String base, boolean privateAddresses) {

  /**
   * @throws IllegalArgumentException if the base is not a plain http or https URL without
   *     user-info, query and fragment
   */
  public AllowedFhirServer {
    base =
        normalised(base)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a FHIR server is listed by its plain base URL, such as"
                            + " https://ehr.example/fhir/r4"));
  }

  /** The listed server that a request names; empty where none has exactly that base. */
  public static Optional<AllowedFhirServer> find(
      Collection<AllowedFhirServer> allowed, String fhirServer) {
    return normalised(fhirServer)
        .flatMap(base -> allowed.stream().filter(server -> server.base().equals(base)).findFirst());
  }

  private static Optional<String> normalised(String base) {
    return PlainUrl.parse(base).filter(url -> url.query().isEmpty()).map(PlainUrl::toString);
  }

  /**
   * The URL of a query such as {@code Condition?patient=1}; empty where it is none of this base.
   */
  Optional<URI> query(String query) {
    return below(base + "/" + query);
  }

  /** The URL of a further page; empty where it is none of this base. */
  Optional<URI> page(String link) {
    return below(link.startsWith("?") ? base + link : link);
  }

  private Optional<URI> below(String url) {
    // A path that begins alike is another server: /fhir is no part of /fhir-admin
    return PlainUrl.parse(url)
        .map(PlainUrl::toString)
        .filter(
            plain ->
                plain.equals(base) || plain.startsWith(base + "/") || plain.startsWith(base + "?"))
        .map(URI::create);
  }
}
