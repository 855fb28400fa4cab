package org.medcue.cdshooks.trust;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medcue.tenant.TenantDirectory;

/**
 * Lets browser clients call from the origins of the tenants (CORS). Others get no word of it: their
 * calls go on to be refused for want of a token.
 */
@ApplicationScoped
class TenantOrigins {

  private static final int PREFLIGHT_SECONDS = 600;

  private record Cors(Set<String> origins, CorsHandler handler) {}

  private final TenantDirectory tenants;
  private final boolean required;
  private volatile @Nullable Cors current;

  TenantOrigins(TenantDirectory tenants, TrustConfig config) {
    this.tenants = tenants;
    required = config.mode() == TrustConfig.Mode.REQUIRED;
  }

  void register(@Observes Filters filters) {
    if (required) {
      filters.register(this::handle, SecurityHandlerPriorities.CORS + 1);
    }
  }

  private void handle(RoutingContext context) {
    String origin = context.request().getHeader("Origin");
    if (origin == null || !CdsHooksAuthentication.covers(context)) {
      context.next();
      return;
    }
    context
        .vertx()
        .executeBlocking(this::cors, false)
        .onComplete(
            read -> {
              if (read.succeeded() && read.result().origins().contains(origin)) {
                read.result().handler().handle(context);
              } else {
                context.next();
              }
            });
  }

  private Cors cors() {
    Set<String> origins = tenants.origins();
    Cors known = current;
    if (known == null || !known.origins().equals(origins)) {
      known = new Cors(origins, handler(origins));
      current = known;
    }
    return known;
  }

  private static CorsHandler handler(Set<String> origins) {
    return CorsHandler.create()
        .addOrigins(List.copyOf(origins))
        .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST))
        .allowedHeaders(Set.of("authorization", "content-type"))
        .maxAgeSeconds(PREFLIGHT_SECONDS);
  }
}
