package org.medcue.platform;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Bodies for those who are not let in: 401 to whoever did not prove who they are, unless a page can
 * send them to sign in (302), and 403 to whoever has not the role.
 */
final class SecurityErrors {

  private static final Logger LOG = Logger.getLogger(SecurityErrors.class);

  @ServerExceptionMapper(AuthenticationFailedException.class)
  Uni<Response> refused(
      AuthenticationFailedException refused,
      RoutingContext context,
      UriInfo uri,
      HttpHeaders headers) {
    return isServerAway(refused)
        ? Uni.createFrom().item(unavailable(uri, headers))
        : unknown(context, uri, headers);
  }

  @ServerExceptionMapper(UnauthorizedException.class)
  Uni<Response> unknown(RoutingContext context, UriInfo uri, HttpHeaders headers) {
    HttpAuthenticator authenticator = context.get(HttpAuthenticator.class.getName());
    return authenticator
        .getChallenge(context)
        .map(challenge -> challenged(challenge, uri, headers))
        .onFailure()
        .recoverWithItem(failure -> unavailable(uri, headers));
  }

  /** The code flow was not finished, or a session is not accepted any more. */
  @ServerExceptionMapper(AuthenticationCompletionException.class)
  Response notSignedIn(
      AuthenticationCompletionException refused, UriInfo uri, HttpHeaders headers) {
    if (isServerAway(refused)) {
      return unavailable(uri, headers);
    }
    LOG.warn(
        "A sign-in was not completed. If it never is, compare client and redirect URI with the OIDC"
            + " server; for more set"
            + " quarkus.log.category.\"io.quarkus.oidc.runtime.CodeAuthenticationMechanism\".level, which"
            + " quotes requests");
    return ErrorBodies.response(uri.getPath(), 401, headers);
  }

  @ServerExceptionMapper(ForbiddenException.class)
  Response notAllowed(UriInfo uri, HttpHeaders headers) {
    return ErrorBodies.response(uri.getPath(), 403, headers);
  }

  @ServerExceptionMapper(OIDCException.class)
  Response unavailable(UriInfo uri, HttpHeaders headers) {
    LOG.error("Not available: the server that people sign in to (quarkus.oidc.auth-server-url)");
    return ErrorBodies.response(uri.getPath(), 503, headers);
  }

  /** Roles are asked for at the server: where it cannot be reached, nobody is to blame for it. */
  static boolean isServerAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException || cause instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static Response challenged(
      @Nullable ChallengeData challenge, UriInfo uri, HttpHeaders headers) {
    if (challenge == null) {
      return ErrorBodies.response(uri.getPath(), 401, headers);
    }
    Response.ResponseBuilder response =
        challenge.status == 401 || challenge.status == 429 || challenge.status == 503
            ? Response.fromResponse(ErrorBodies.response(uri.getPath(), challenge.status, headers))
            : Response.status(challenge.status);
    challenge.getHeaders().forEach((name, value) -> response.header(name.toString(), value));
    return response.build();
  }
}
