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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medcue.platform.JsonBody;
import org.medcue.recommendation.RecommendationServices;

/**
 * Answers a bundled request some times at start, from prefetch to log, so that the first doctor
 * does not wait while classes load and code is compiled. Each time is rolled back: nothing is
 * logged.
 */
@ApplicationScoped
class WarmUp {

  private static final String REQUEST = "/demo/heart-failure.json";
  private static final int CALLS = 30;

  private final MedicationSuggestions suggestions;
  private final ServiceCatalog catalog;
  private final UserTransaction transaction;

  WarmUp(MedicationSuggestions suggestions, ServiceCatalog catalog, UserTransaction transaction) {
    this.suggestions = suggestions;
    this.catalog = catalog;
    this.transaction = transaction;
  }

  void start(@Observes StartupEvent started) throws NotSupportedException, SystemException {
    ServiceDescription service = catalog.find(RecommendationServices.MEDICATIONS_FROM_VISITS);
    OrderSelectRequest request = OrderSelectReader.read(bundled(), service.hook());
    for (int i = 0; i < CALLS; i++) {
      transaction.begin();
      try {
        suggestions.answer(service.id(), request, System.nanoTime());
      } finally {
        transaction.rollback();
      }
    }
    // What loading left behind would stay resident: the heap shrinks at a full collection only.
    System.gc();
  }

  private static JsonNode bundled() {
    try (@Nullable InputStream in = WarmUp.class.getResourceAsStream(REQUEST)) {
      return JsonBody.object(Objects.requireNonNull(in, REQUEST));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + REQUEST, e);
    }
  }
}
