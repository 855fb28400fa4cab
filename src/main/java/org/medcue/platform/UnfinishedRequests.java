package org.medcue.platform;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Hangs up on whoever was answered and goes on sending: a body that nobody waits for holds nothing.
 * Who sent the whole of it keeps the connection.
 */
final class UnfinishedRequests {

  /** For what is on its way, and for the answer to be read before the connection ends. */
  private static final long LINGER_MILLIS = 2_000;

  /** RFC 9113, section 7. */
  private static final long NO_ERROR = 0;

  private UnfinishedRequests() {}

  static void watch(RoutingContext context) {
    context.addEndHandler(answered -> answered(context));
  }

  private static void answered(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    boolean announced = "close".equalsIgnoreCase(response.headers().get(HttpHeaders.CONNECTION));
    if (request.isEnded() && !announced) {
      return;
    }
    if (!request.isEnded()) {
      request.handler(null);
      request.resume();
    }
    context
        .vertx()
        .setTimer(
            LINGER_MILLIS,
            timer -> {
              if (announced || !request.isEnded()) {
                hangUp(request, response);
              }
            });
  }

  private static void hangUp(HttpServerRequest request, HttpServerResponse response) {
    if (request.version() == HttpVersion.HTTP_2) {
      // Others may share the connection
      response.reset(NO_ERROR);
    } else {
      request.connection().close();
    }
  }
}
