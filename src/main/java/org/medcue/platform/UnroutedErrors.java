package org.medcue.platform;

import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives a body to what no resource method answers: an address under the two interfaces that leads
 * nowhere, and a request that failed on its way to one. Quarkus would write the address of the
 * latter into the log, and so the patient.
 */
@ApplicationScoped
class UnroutedErrors {

  private static final Logger LOG = Logger.getLogger(UnroutedErrors.class);

  private final ErrorAnswers errors;
  private final VertxHttpConfig http;

  UnroutedErrors(ErrorAnswers errors, VertxHttpConfig http) {
    this.errors = errors;
    this.http = http;
  }

  void register(@Observes Router router) {
    for (String path : List.of("/cds-services/*", "/api/*")) {
      router.route(path).last().handler(context -> errors.answer(context, 404));
    }
    router.route().last().failureHandler(this::failed);
  }

  private void failed(RoutingContext context) {
    @Nullable Throwable failure = context.failure();
    if (failure instanceof SecurityException) {
      // Quarkus sends the challenge, and logs nothing
      context.next();
      return;
    }
    HttpServerResponse response = context.response();
    if (response.ended()) {
      // Quarkus fails once more over a challenge that it sent
      return;
    }
    int status = status(context, failure);
    if (status >= 500) {
      LOG.errorf("A request failed%s", failure == null ? "" : FailureTrace.of(failure));
    }
    if (response.headWritten()) {
      // Half an answer must not look like a whole one
      context.request().connection().close();
    } else {
      guard(response);
      errors.answer(context, status);
    }
  }

  private static int status(RoutingContext context, @Nullable Throwable failure) {
    if (failure instanceof RejectedExecutionException) {
      return 503;
    }
    return context.statusCode() >= 400 ? context.statusCode() : 500;
  }

  /** A request that is no HTTP fails before the routes that set these. */
  private void guard(HttpServerResponse response) {
    http.header().forEach((name, header) -> response.putHeader(name, header.value()));
    http.filter().values().forEach(filter -> filter.header().forEach(response::putHeader));
  }
}
