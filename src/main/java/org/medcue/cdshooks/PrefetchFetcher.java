package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.medcue.fhir.AccessToken;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.fhir.Deadline;
import org.medcue.fhir.FetchOutcome;
import org.medcue.fhir.FetchOutcome.Found;
import org.medcue.fhir.MedicationReferences;
import org.medcue.tenant.Tenant;

/**
 * Reads from the client's FHIR server what it did not send, all of it at once, within the time that
 * a call has: what comes later is not waited for.
 */
@ApplicationScoped
class PrefetchFetcher {

  private static final Logger LOG = Logger.getLogger(PrefetchFetcher.class);

  private record Source(AllowedFhirServer server, AccessToken token, Deadline deadline) {}

  private final ServiceCatalog catalog;
  private final AllowedServers allowed;
  private final ParallelFetch parallel;
  private final FetchBreakers breakers;
  private final Duration longest;
  private final int mostMedications;

  PrefetchFetcher(
      ServiceCatalog catalog,
      AllowedServers allowed,
      ParallelFetch parallel,
      FetchBreakers breakers,
      FetchConfig config,
      @ConfigProperty(name = "medcue.cds-hooks.budget") Duration budget) {
    this.catalog = catalog;
    this.allowed = allowed;
    this.parallel = parallel;
    this.breakers = breakers;
    this.longest = budget.minus(config.reserve());
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException(
          "medcue.cds-hooks.budget must be longer than medcue.cds-hooks.fetch.reserve");
    }
    this.mostMedications = config.medications();
  }

  /**
   * The call with what could be fetched. A key whose query failed here holds an OperationOutcome,
   * as if it had failed at the client.
   *
   * @param caller who calls
   * @param times of the call
   */
  CompletedPrefetch complete(
      Tenant caller, String serviceId, OrderSelectRequest request, CallTimes times) {
    if (request.fhirAccess().isEmpty()) {
      return CompletedPrefetch.asSent(request);
    }
    FhirAccess access = request.fhirAccess().get();
    String tenant = caller.id();
    Optional<AllowedFhirServer> server =
        AllowedFhirServer.find(allowed.of(caller), access.server());
    Map<String, String> queries = queries(serviceId, request);
    if (server.isEmpty()) {
      return notListed(tenant, request, queries.keySet());
    }
    if (queries.isEmpty() && medications(request, server.get()).isEmpty()) {
      return CompletedPrefetch.asSent(request);
    }
    Deadline deadline = times.within(longest);
    if (deadline.passed()) {
      return failed(request, queries.keySet(), FetchWords.NO_TIME);
    }
    Source source = new Source(server.get(), access.token(), deadline);
    return breakers
        .call(tenant, () -> fetch(source, request, queries))
        .map(fetched -> completed(request, reported(tenant, fetched)))
        .orElseGet(() -> failed(request, queries.keySet(), FetchWords.LEFT_ALONE));
  }

  private static CompletedPrefetch notListed(
      String tenant, OrderSelectRequest request, Set<String> keys) {
    if (!keys.isEmpty()) {
      LOG.infof(
          "Not fetched for tenant %s: %s, the FHIR server is not on its allow-list", tenant, keys);
    }
    return CompletedPrefetch.notFetched(request, FetchWords.NOT_LISTED);
  }

  /** Loads what the first fetch would wait for; nothing is called. */
  void warmUp() {
    parallel.warmUp();
  }

  /** What is absent or failed at the client; a key that is null was asked for and found nothing. */
  private Map<String, String> queries(String serviceId, OrderSelectRequest request) {
    Map<String, String> queries = new LinkedHashMap<>();
    catalog
        .find(serviceId)
        .prefetch()
        .forEach(
            (key, template) -> {
              @Nullable JsonNode sent = request.prefetch().get(key);
              if (sent == null || CompletedPrefetch.failed(sent)) {
                queries.put(key, template.replace("{{context.patientId}}", request.patientId()));
              }
            });
    return queries;
  }

  private List<String> medications(OrderSelectRequest request, AllowedFhirServer server) {
    return MedicationReferences.missing(request.draftOrders(), request.prefetch().values(), server)
        .stream()
        .limit(mostMedications)
        .toList();
  }

  private Fetched fetch(Source source, OrderSelectRequest request, Map<String, String> queries) {
    Map<String, FetchOutcome> keys = new LinkedHashMap<>();
    Iterator<FetchOutcome> outcomes = ask(source, List.copyOf(queries.values())).iterator();
    queries.keySet().forEach(key -> keys.put(key, outcomes.next()));
    Fetched first = new Fetched(keys, List.of());
    // Which Medications there are is known only now
    return source.deadline().passed()
        ? first
        : new Fetched(
            keys, ask(source, medications(completed(request, first).request(), source.server())));
  }

  private static Fetched reported(String tenant, Fetched fetched) {
    if (!fetched.failures().isEmpty()) {
      LOG.infof("Not fetched for tenant %s: %s", tenant, fetched.failures());
    }
    return fetched;
  }

  private List<FetchOutcome> ask(Source source, List<String> queries) {
    return parallel.fetch(source.server(), source.token(), queries, source.deadline());
  }

  private static CompletedPrefetch completed(OrderSelectRequest request, Fetched fetched) {
    Map<String, JsonNode> prefetch = new LinkedHashMap<>(request.prefetch());
    Set<String> found = new HashSet<>();
    fetched
        .keys()
        .forEach(
            (key, outcome) -> {
              if (outcome instanceof Found content) {
                prefetch.put(key, content.content());
                found.add(key);
              } else {
                prefetch.put(key, failure());
              }
            });
    List<JsonNode> medications = fetched.foundMedications();
    if (!medications.isEmpty()) {
      prefetch.put(MedicationReferences.KEY, bundle(medications));
      found.add(MedicationReferences.KEY);
    }
    return new CompletedPrefetch(request.with(prefetch), found, fetched.whyNoPatient());
  }

  private static CompletedPrefetch failed(
      OrderSelectRequest request, Set<String> keys, String why) {
    Map<String, JsonNode> prefetch = new LinkedHashMap<>(request.prefetch());
    keys.forEach(key -> prefetch.put(key, failure()));
    return CompletedPrefetch.notFetched(request.with(prefetch), why);
  }

  private static JsonNode failure() {
    return JsonNodeFactory.instance.objectNode().put("resourceType", "OperationOutcome");
  }

  private static JsonNode bundle(List<JsonNode> resources) {
    ObjectNode bundle = JsonNodeFactory.instance.objectNode().put("resourceType", "Bundle");
    ArrayNode entries = bundle.putArray("entry");
    resources.forEach(resource -> entries.addObject().set("resource", resource));
    return bundle;
  }
}
