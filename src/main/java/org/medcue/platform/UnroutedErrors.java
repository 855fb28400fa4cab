package org.medcue.platform;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Gives a body to the refusals that happen before a resource method is chosen: a request announced
 * as too large, and an address under the two interfaces that leads nowhere.
 */
@ApplicationScoped
class UnroutedErrors {

  private final ErrorAnswers errors;

  UnroutedErrors(ErrorAnswers errors) {
    this.errors = errors;
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(this::refuseTooLarge);
    for (String path : List.of("/cds-services/*", "/api/*")) {
      router.route(path).last().handler(context -> errors.answer(context, 404));
    }
  }

  private void refuseTooLarge(RoutingContext context) {
    // Archives of model versions are as long as their reader allows
    if (announcedLength(context) <= JsonBody.MAX_BYTES
        || context.normalizedPath().equals("/api/models")) {
      context.next();
      return;
    }
    // The rest of the body is not read, so the connection cannot be used again.
    context.response().putHeader(HttpHeaders.CONNECTION, "close");
    errors.answer(context, 413);
  }

  private static long announcedLength(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
