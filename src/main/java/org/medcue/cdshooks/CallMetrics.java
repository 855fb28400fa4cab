package org.medcue.cdshooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.stream.Stream;
import org.medcue.recommendation.RecommendationServices;

/**
 * Times hook calls by service and status, from their first line to the end of the answer, those
 * that are refused on the way included. What is no service is not counted: its address is whatever
 * somebody wrote.
 */
@ApplicationScoped
class CallMetrics {

  /** Before all else that may answer, see platform.Gate. */
  private static final int ORDER = Integer.MIN_VALUE + 1;

  private static final String PATH = "/cds-services/";

  /** Around the 500 ms within which CDS Hooks wants cards. */
  private static final Duration[] BUCKETS =
      Stream.of(25, 50, 100, 200, 300, 400, 500, 750, 1_000, 2_000, 5_000, 10_000, 20_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry meters;

  CallMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void register(@Observes @Priority(1) Router router) {
    RecommendationServices.ALL.forEach(
        service ->
            router
                .route(HttpMethod.POST, PATH + service)
                .order(ORDER)
                .handler(context -> time(service, context)));
  }

  private void time(String service, RoutingContext context) {
    long start = System.nanoTime();
    context.addEndHandler(
        ended ->
            Timer.builder("medcue.calls")
                .description("Hook calls, from arrival to the end of the answer")
                .tags("service", service)
                .tags("status", ended.succeeded() ? status(context) : "gone")
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(Duration.ofNanos(System.nanoTime() - start)));
    context.next();
  }

  private static String status(RoutingContext context) {
    return Integer.toString(context.response().getStatusCode());
  }
}
