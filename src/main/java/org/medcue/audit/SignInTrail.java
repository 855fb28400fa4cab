package org.medcue.audit;

import io.quarkus.oidc.SecurityEvent;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AbstractSecurityEvent;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Brings who signed in and out, and who was turned away, into the trail. */
@ApplicationScoped
class SignInTrail {

  private static final Logger LOG = Logger.getLogger(SignInTrail.class);

  private final AuditTrail trail;
  private final RefusalTrail refusals;

  SignInTrail(AuditTrail trail, RefusalTrail refusals) {
    this.trail = trail;
    this.refusals = refusals;
  }

  /** Sign-ins happen on a thread that must not wait for the database. */
  void signIn(@ObservesAsync SecurityEvent event) {
    Optional<AuditAction> action =
        switch (event.getEventType()) {
          case OIDC_LOGIN -> Optional.of(AuditAction.LOGIN);
          case OIDC_LOGOUT_RP_INITIATED, OIDC_LOGOUT_RP_INITIATED_SESSION_EXPIRED ->
              Optional.of(AuditAction.LOGOUT);
          default -> Optional.empty();
        };
    action.ifPresent(what -> append(what, event));
  }

  private void append(AuditAction what, SecurityEvent event) {
    try {
      trail.append(AuditEvent.of(what, actor(event)).detail("remote", remote(event)));
    } catch (RuntimeException e) {
      LOG.errorf("A %s is missing in the audit trail: %s", what.code(), e.getClass().getName());
    }
  }

  void notAuthenticated(@Observes AuthenticationFailureEvent event) {
    // To be sent to another page is no refusal
    if (!(event.getAuthenticationFailure() instanceof AuthenticationRedirectException)) {
      report(event, "not-authenticated");
    }
  }

  void notAuthorized(@Observes AuthorizationFailureEvent event) {
    if (event.getAuthorizationFailure() instanceof ForbiddenException) {
      report(event, "role-missing");
    } else if (!isPage(event)) {
      // Whoever opens a page is sent to sign in
      report(event, "not-authenticated");
    }
  }

  private static boolean isPage(AbstractSecurityEvent event) {
    @Nullable RoutingContext context = context(event);
    return context == null || !context.normalizedPath().startsWith("/api/");
  }

  private void report(AbstractSecurityEvent event, String reason) {
    @Nullable RoutingContext context = context(event);
    // Of EHRs it is reported by who turned them away, and why
    if (context != null && !context.normalizedPath().startsWith("/cds-services")) {
      refusals.report(
          Refusal.of(
              actor(event),
              reason,
              context.request().method().name(),
              context.normalizedPath(),
              remote(event),
              ""));
    }
  }

  private static boolean isKnown(@Nullable SecurityIdentity identity) {
    return identity != null && !identity.isAnonymous();
  }

  private static Actor actor(AbstractSecurityEvent event) {
    SecurityIdentity identity = event.getSecurityIdentity();
    return isKnown(identity) ? Actor.person(identity) : Actor.UNKNOWN;
  }

  private static String remote(AbstractSecurityEvent event) {
    @Nullable RoutingContext context = context(event);
    return context == null || context.request().remoteAddress() == null
        ? "unknown"
        : context.request().remoteAddress().hostAddress();
  }

  private static @Nullable RoutingContext context(AbstractSecurityEvent event) {
    String name = RoutingContext.class.getName();
    @Nullable Object stated = event.getEventProperties().get(name);
    SecurityIdentity identity = event.getSecurityIdentity();
    return stated == null && identity != null
        ? identity.<@Nullable RoutingContext>getAttribute(name)
        : (RoutingContext) stated;
  }
}
