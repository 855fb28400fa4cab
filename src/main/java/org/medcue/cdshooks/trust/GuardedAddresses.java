package org.medcue.cdshooks.trust;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Asks for an identity at every address of CDS Hooks, however it is written and whether or not
 * there is a resource: identities are otherwise asked for only where a resource method is found.
 */
@ApplicationScoped
class GuardedAddresses implements HttpSecurityPolicy {

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext check) {
    return CdsHooksAuthentication.covers(context)
        ? identity.map(caller -> caller.isAnonymous() ? CheckResult.DENY : CheckResult.PERMIT)
        : CheckResult.permit();
  }
}
