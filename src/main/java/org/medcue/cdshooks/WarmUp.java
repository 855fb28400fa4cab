package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.VisitEvidence;
import org.medcue.fhir.DraftOrder;
import org.medcue.fhir.DraftOrders;
import org.medcue.fhir.PrefetchReader;
import org.medcue.platform.JsonBody;
import org.medcue.platform.UnavailableException;
import org.medcue.recommendation.RecommendationRequest;
import org.medcue.recommendation.RecommendationService;
import org.medcue.recommendation.RecommendationServices;

/**
 * Takes a bundled request the whole way to its cards at start, since the first parse of FHIR alone
 * costs more than a second that the first doctor should not wait. Nothing of it is logged.
 */
@ApplicationScoped
class WarmUp {

  private static final Logger LOG = Logger.getLogger(WarmUp.class);
  private static final String REQUEST = "/demo/acute-bronchitis.json";

  private final PrefetchReader prefetchReader;
  private final DraftOrders draftOrders;
  private final RecommendationService recommendations;
  private final CardRenderer renderer;
  private final Clock clock;

  WarmUp(
      PrefetchReader prefetchReader,
      DraftOrders draftOrders,
      RecommendationService recommendations,
      CardRenderer renderer,
      Clock clock) {
    this.prefetchReader = prefetchReader;
    this.draftOrders = draftOrders;
    this.recommendations = recommendations;
    this.renderer = renderer;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started) {
    try {
      run(OrderSelectReader.read(bundled(), "order-select"));
    } catch (UnavailableException e) {
      LOG.warnf("Not warm: %s is not available yet", e.getMessage());
    }
  }

  private void run(OrderSelectRequest request) {
    List<DraftOrder> drafts =
        draftOrders.read(request.draftOrders(), request.selections(), request.patientId());
    VisitEvidence evidence =
        prefetchReader.read(
            request.patientId(), request.encounterId(), request.prefetch(), clock.instant());
    renderer.render(
        recommendations.recommend(
            new RecommendationRequest(
                RecommendationServices.MEDICATIONS_FROM_VISITS,
                request.hookInstance(),
                request.patientId(),
                request.encounterId(),
                evidence,
                Set.of(),
                Set.of())),
        drafts);
  }

  private static JsonNode bundled() {
    try (@Nullable InputStream in = WarmUp.class.getResourceAsStream(REQUEST)) {
      return JsonBody.object(Objects.requireNonNull(in, REQUEST));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + REQUEST, e);
    }
  }
}
