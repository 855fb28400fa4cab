package org.medcue.platform;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What every request passes before anything else looks at it, whoever it comes from: one that
 * cannot be what it seems goes no further.
 */
@ApplicationScoped
class Gate {

  /** Behind the headers that every answer gets, before all else. */
  private static final int ORDER = Integer.MIN_VALUE + 1;

  private final ErrorAnswers errors;
  private final long longestArchive;

  Gate(
      ErrorAnswers errors,
      @ConfigProperty(name = "medcue.registry.max-upload") MemorySize longestArchive) {
    this.errors = errors;
    this.longestArchive = longestArchive.asLongValue();
  }

  void register(@Observes Router router) {
    router.route().order(ORDER).handler(this::enter);
  }

  private void enter(RoutingContext context) {
    UnfinishedRequests.watch(context);
    HttpServerRequest request = context.request();
    if (request.version() == null || hasMatrixParameters(request)) {
      errors.answer(context, 400);
    } else if (isTooLarge(context)) {
      // The rest of the body is not read, so the connection cannot be used again.
      context.response().putHeader(HttpHeaders.CONNECTION, "close");
      errors.answer(context, 413);
    } else {
      PageCookies.keep(context);
      context.next();
    }
  }

  /**
   * Who chooses the resource method cuts them off ({@code /api;x/tenants}), while who decides what
   * opens an address takes them for a part of its name: no address here has any. An encoded one
   * ({@code %3B}) is part of the name for both.
   */
  private static boolean hasMatrixParameters(HttpServerRequest request) {
    String path = request.path();
    return path != null && path.indexOf(';') >= 0;
  }

  private boolean isTooLarge(RoutingContext context) {
    long most = takesArchives(context.normalizedPath()) ? longestArchive : JsonBody.MAX_BYTES;
    return announcedLength(context.request()) > most;
  }

  /** Archives of model versions are longer, and take their time. */
  static boolean takesArchives(String path) {
    return path.equals("/api/models") || path.equals("/api/knowledge");
  }

  private static long announcedLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
