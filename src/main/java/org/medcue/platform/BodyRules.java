package org.medcue.platform;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every body before a resource method reads it: it says what it is, which pages of
 * other origins cannot do unasked, and it arrives in time.
 */
final class BodyRules {

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration LONGEST_ARCHIVE = Duration.ofMinutes(10);

  @ServerRequestFilter
  void apply(ContainerRequestContext request) {
    if (!WITH_BODY.contains(request.getMethod())) {
      return;
    }
    @Nullable String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (type == null || type.isBlank()) {
      throw new RequestRefusedException(
          415, "Content-Type", "missing: say what the body is, such as application/json");
    }
    Duration longest =
        Gate.takesArchives(request.getUriInfo().getPath()) ? LONGEST_ARCHIVE : LONGEST;
    request.setEntityStream(new ArrivingBody(request.getEntityStream(), longest, System::nanoTime));
  }
}
