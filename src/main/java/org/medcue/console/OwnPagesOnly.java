package org.medcue.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.medcue.platform.RequestRefusedException;

/**
 * Refuses what a page of another origin makes a browser send with its cookies, whatever the
 * address. The session cookie is SameSite=Lax, which leaves pages of a sibling domain; browsers
 * name the origin themselves (<a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata</a>),
 * and no page can change that.
 */
final class OwnPagesOnly {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @ServerRequestFilter(preMatching = true)
  void refuseForeignPages(ContainerRequestContext request) {
    boolean guarded =
        request.getHeaderString(HttpHeaders.COOKIE) != null && !SAFE.contains(request.getMethod());
    if (guarded && isForeign(request)) {
      throw new RequestRefusedException(
          403, "Origin", "only pages of Medcue itself may send this; open its start page");
    }
  }

  private static boolean isForeign(ContainerRequestContext request) {
    @Nullable String site = request.getHeaderString("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    // Not sent over plain HTTP, but to localhost; programs that are no browser send neither
    @Nullable String origin = request.getHeaderString("Origin");
    return origin != null && !origin.equals(origin(request.getUriInfo().getBaseUri()));
  }

  private static String origin(URI base) {
    return base.getScheme() + "://" + base.getAuthority();
  }
}
