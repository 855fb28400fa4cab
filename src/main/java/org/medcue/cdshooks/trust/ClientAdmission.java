package org.medcue.cdshooks.trust;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.medcue.cdshooks.trust.TokenVerifier.Verified;
import org.medcue.platform.UnavailableException;
import org.medcue.tenant.CallLimits;
import org.medcue.tenant.Tenant;
import org.medcue.tenant.UsedTokens;

/**
 * Decides on a call: its token, its origin, whether the token was used before, how often its tenant
 * calls. In this order: only who has a tenant's key can fill a table or use up its limit.
 */
@ApplicationScoped
class ClientAdmission {

  private static final Logger LOG = Logger.getLogger(ClientAdmission.class);
  private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+)");

  private final TokenVerifier verifier;
  private final UsedTokens usedTokens;
  private final CallLimits limits;
  private final Event<RefusedCall> refusals;

  ClientAdmission(
      TokenVerifier verifier,
      UsedTokens usedTokens,
      CallLimits limits,
      Event<RefusedCall> refusals) {
    this.verifier = verifier;
    this.usedTokens = usedTokens;
    this.limits = limits;
    this.refusals = refusals;
  }

  /** Blocks: not for an event loop. */
  Admission decide(ClientCall call) {
    try {
      Tenant tenant = tenantOf(call);
      Optional<Duration> wait = limits.count(tenant);
      if (wait.isPresent()) {
        report(call, RefusalReason.TOO_MANY_CALLS, Optional.of(tenant.id()));
        return new Admission.Throttled(wait.get());
      }
      return new Admission.Admitted(tenant);
    } catch (TokenRefusedException e) {
      report(call, e.reason(), e.tenant());
      return new Admission.Refused();
    } catch (UnavailableException e) {
      LOG.errorf("Not available: %s", e.getMessage());
      return new Admission.Unknown();
    }
  }

  private Tenant tenantOf(ClientCall call) {
    Verified token = verifier.verify(token(call), call.path());
    Optional<String> tenant = Optional.of(token.tenant().id());
    if (!token.tenant().settings().origins().containsAll(call.origins())) {
      throw new TokenRefusedException(RefusalReason.ORIGIN_NOT_LISTED, tenant);
    }
    if (!usedTokens.isFirstUse(token.tenant().id(), token.jti(), token.goodUntil())) {
      throw new TokenRefusedException(RefusalReason.TOKEN_REPLAYED, tenant);
    }
    return token.tenant();
  }

  private static String token(ClientCall call) {
    if (call.authorization().size() > 1) {
      throw new TokenRefusedException(RefusalReason.SEVERAL_TOKENS);
    }
    Matcher bearer =
        BEARER.matcher(call.authorization().isEmpty() ? "" : call.authorization().get(0));
    if (!bearer.matches()) {
      throw new TokenRefusedException(RefusalReason.NO_TOKEN);
    }
    return bearer.group(1);
  }

  private void report(ClientCall call, RefusalReason reason, Optional<String> tenant) {
    refusals.fire(
        new RefusedCall(tenant, reason, call.method(), call.path(), call.remoteAddress()));
  }
}
