package org.medcue.cdshooks;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Hangs up on whoever was told that the body took too long: who goes on sending holds nothing. */
@ApplicationScoped
class SlowSenders {

  private static final int REQUEST_TIMEOUT = 408;

  void register(@Observes Router router) {
    router.route("/cds-services/*").order(Integer.MIN_VALUE).handler(SlowSenders::hangUp);
  }

  private static void hangUp(RoutingContext context) {
    context.addEndHandler(
        answered -> {
          if (context.response().getStatusCode() == REQUEST_TIMEOUT) {
            context.request().connection().close();
          }
        });
    context.next();
  }
}
