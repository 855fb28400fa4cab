package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medcue.platform.JsonBody;
import org.medcue.recommendation.RecommendationServices;
import org.medcue.tenant.Tenant;

/**
 * Answers a bundled request of each service some times at start, from prefetch to log, so that the
 * first doctor does not wait while classes load and code is compiled. Each time is rolled back:
 * nothing is logged.
 */
@ApplicationScoped
class WarmUp {

  private static final Map<String, String> REQUESTS =
      Map.of(
          RecommendationServices.MEDICATIONS_FROM_VISITS, "/demo/heart-failure.json",
          RecommendationServices.MEDICATIONS_FROM_DIALOGUE, "/demo/reflux-dialogue.json");
  private static final int CALLS = 30;

  /** A network of dialogues is slow at first: nobody should wait for the last of the calls. */
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final MedicationSuggestions suggestions;
  private final ServiceCatalog catalog;
  private final PrefetchFetcher fetcher;
  private final UserTransaction transaction;

  WarmUp(
      MedicationSuggestions suggestions,
      ServiceCatalog catalog,
      PrefetchFetcher fetcher,
      UserTransaction transaction) {
    this.suggestions = suggestions;
    this.fetcher = fetcher;
    this.catalog = catalog;
    this.transaction = transaction;
  }

  void start(@Observes StartupEvent started) throws NotSupportedException, SystemException {
    for (ServiceDescription service : catalog.discover().services()) {
      warmUp(service);
    }
    fetcher.warmUp();
    // What loading left behind would stay resident: the heap shrinks at a full collection only.
    System.gc();
  }

  private void warmUp(ServiceDescription service) throws NotSupportedException, SystemException {
    String name = Objects.requireNonNull(REQUESTS.get(service.id()), service.id());
    OrderSelectRequest request = OrderSelectReader.read(bundled(name), service.hook());
    long start = System.nanoTime();
    for (int i = 0; i < CALLS && System.nanoTime() - start < LONGEST.toNanos(); i++) {
      transaction.begin();
      try {
        suggestions.answer(
            Tenant.local(),
            service.id(),
            request,
            suggestions.defaultLanguage(),
            CallTimes.begun(System.nanoTime()));
      } finally {
        transaction.rollback();
      }
    }
  }

  private static JsonNode bundled(String name) {
    try (@Nullable InputStream in = WarmUp.class.getResourceAsStream(name)) {
      return JsonBody.object(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
