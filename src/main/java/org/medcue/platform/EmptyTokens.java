package org.medcue.platform;

import io.quarkus.security.AuthenticationFailedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** A bearer token of nothing but dots is unknown like any garbage; quarkus-oidc fails on it. */
final class EmptyTokens {

  private static final Pattern EMPTY = Pattern.compile("(?i)bearer[\\s.]*");

  @ServerRequestFilter(preMatching = true)
  void refuse(ContainerRequestContext request) {
    @Nullable String sent = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (sent != null && EMPTY.matcher(sent).matches()) {
      throw new AuthenticationFailedException();
    }
  }
}
