package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.medcue.fhir.FetchOutcome.Found;
import org.medcue.fhir.FetchOutcome.NotFetched;
import org.medcue.fhir.FetchOutcome.Reason;

/**
 * Reads from a listed FHIR server what a client did not send: one query at a time, all its pages up
 * to a bound, joined into one Bundle. Safe for concurrent use.
 */
public final class FhirServerClient implements AutoCloseable {

  static final int MAX_PAGES = 10;

  /** As much as a request body may have. */
  static final long MAX_BYTES = 10L * 1024 * 1024;

  private static final Pattern QUERY =
      Pattern.compile("[A-Z][A-Za-z]{1,63}(?:/[A-Za-z0-9\\-.]{1,64}|\\?[!-~]+)");

  private final PageLoader loader;

  public FhirServerClient() {
    this(SystemDefaultDnsResolver.INSTANCE, FhirConnections.plain());
  }

  FhirServerClient(DnsResolver names, ConnectionSocketFactory plain) {
    loader = new PageLoader(names, plain);
  }

  /**
   * Waits for the answer, until the deadline at most.
   *
   * @param query {@code Type/id} or {@code Type?parameters}
   * @return the resource of {@code Type/id} or a Bundle. With more pages or resources than are
   *     read, or a further page that failed or is not below the server's base, the Bundle keeps a
   *     {@code next} link. A query of neither form is not asked.
   */
  public FetchOutcome fetch(
      AllowedFhirServer server, String query, AccessToken token, Deadline deadline) {
    return Optional.of(query)
        .filter(text -> QUERY.matcher(text).matches())
        .flatMap(server::query)
        .map(url -> new Query(server, token, deadline).answer(url, query))
        .orElseGet(() -> new NotFetched(Reason.QUERY_REFUSED));
  }

  @Override
  public void close() {
    loader.close();
  }

  /** The state of one query. */
  private final class Query {
    private final AllowedFhirServer server;
    private final AccessToken token;
    private final Deadline deadline;
    private final ByteBudget budget = new ByteBudget(MAX_BYTES);

    Query(AllowedFhirServer server, AccessToken token, Deadline deadline) {
      this.server = server;
      this.token = token;
      this.deadline = deadline;
    }

    FetchOutcome answer(URI url, String query) {
      FetchOutcome first = page(url);
      if (!(first instanceof Found found)) {
        return first;
      }
      int slash = query.indexOf('/');
      boolean read = slash > 0 && query.indexOf('?') < 0;
      if (read) {
        return isResource(found.content(), query.substring(0, slash), query.substring(slash + 1))
            ? first
            : new NotFetched(Reason.UNUSABLE);
      }
      return isBundle(found.content())
          ? new Found(joined((ObjectNode) found.content(), url))
          : new NotFetched(Reason.UNUSABLE);
    }

    private FetchOutcome page(URI url) {
      return loader.load(url, server.privateAddresses(), token, deadline, budget);
    }

    /** The first page with the entries of all, and the links of the last one read. */
    private JsonNode joined(ObjectNode first, URI url) {
      Set<URI> seen = new HashSet<>(Set.of(url));
      ArrayNode entries = first.withArrayProperty("entry");
      JsonNode last = first;
      for (int pages = 1; pages < MAX_PAGES && entries.size() < maxEntries(); pages++) {
        Optional<URI> next = next(last).flatMap(server::page).filter(seen::add);
        if (next.isEmpty()
            || !(page(next.get()) instanceof Found found)
            || !isBundle(found.content())) {
          break;
        }
        last = found.content();
        last.path("entry").forEach(entries::add);
      }
      JsonNode links = last.path("link");
      if (links.isArray()) {
        first.set("link", links);
      } else {
        first.remove("link");
      }
      cut(first, entries);
      return first;
    }

    private void cut(ObjectNode bundle, ArrayNode entries) {
      if (entries.size() > maxEntries()) {
        while (entries.size() > maxEntries()) {
          entries.remove(entries.size() - 1);
        }
        bundle.putArray("link").addObject().put("relation", "next");
      }
    }
  }

  private static int maxEntries() {
    return PrefetchContent.MAX_RESOURCES;
  }

  private static Optional<String> next(JsonNode page) {
    for (JsonNode link : page.path("link")) {
      @Nullable String url = link.path("url").textValue();
      if (link.path("relation").asText("").equals("next") && url != null) {
        return Optional.of(url);
      }
    }
    return Optional.empty();
  }

  private static boolean isResource(JsonNode content, String type, String id) {
    return FhirJson.typeOf(content).equals(type) && content.path("id").asText("").equals(id);
  }

  private static boolean isBundle(JsonNode content) {
    JsonNode entries = content.path("entry");
    return FhirJson.typeOf(content).equals("Bundle")
        && (entries.isMissingNode() || entries.isArray());
  }
}
