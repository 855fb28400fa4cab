package org.medcue.cdshooks.trust;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medcue.cdshooks.trust.Admission.Admitted;
import org.medcue.cdshooks.trust.Admission.Throttled;
import org.medcue.cdshooks.trust.Admission.Unknown;
import org.medcue.platform.ErrorAnswers;
import org.medcue.tenant.Tenant;

/**
 * Stands before everything under {@code /cds-services}, whatever the method and whether or not
 * there is such an address, and before every other way to authenticate: a person's token admits
 * nobody here. Resource methods ask for the role besides, so that an address that this class
 * overlooked would be closed.
 */
@ApplicationScoped
class CdsHooksAuthentication implements HttpAuthenticationMechanism {

  private static final String PATH = "/cds-services";
  private static final Pattern MATRIX_PARAMETERS = Pattern.compile(";[^/]*");
  private static final Pattern SLASHES = Pattern.compile("/+");
  private static final String SCHEME = "cds-hooks-jwt";
  private static final String OUTCOME = "org.medcue.admission";

  private final ClientAdmission admission;
  private final BlockingSecurityExecutor executor;
  private final ErrorAnswers errors;
  private final boolean trustsAnybody;

  CdsHooksAuthentication(
      ClientAdmission admission,
      BlockingSecurityExecutor executor,
      ErrorAnswers errors,
      TrustConfig config) {
    this.admission = admission;
    this.executor = executor;
    this.errors = errors;
    trustsAnybody = config.mode() == TrustConfig.Mode.NONE;
  }

  /** Whether a call is for CDS Hooks; addresses that only begin alike count as well. */
  static boolean covers(RoutingContext context) {
    String path = MATRIX_PARAMETERS.matcher(context.normalizedPath()).replaceAll("");
    return SLASHES.matcher(path).replaceAll("/").startsWith(PATH);
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identityProviders) {
    if (!covers(context)) {
      return Uni.createFrom().nullItem();
    }
    if (trustsAnybody) {
      return Uni.createFrom().item(CallingTenant.identity(Tenant.local()));
    }
    // Tells Quarkus whose challenge is to be sent.
    context.put(HttpAuthenticationMechanism.class.getName(), this);
    ClientCall call = ClientCall.of(context.request());
    return executor
        .executeBlocking(() -> admission.decide(call))
        .map(outcome -> identity(context, outcome));
  }

  private static SecurityIdentity identity(RoutingContext context, Admission outcome) {
    if (outcome instanceof Admitted admitted) {
      return CallingTenant.identity(admitted.tenant());
    }
    context.put(OUTCOME, outcome);
    throw new AuthenticationFailedException();
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    ChallengeData challenge = challenge(context.get(OUTCOME));
    challenge
        .getHeaders()
        .forEach((name, value) -> context.response().putHeader(name.toString(), value));
    if (challenge.status == 401) {
      context.response().setStatusCode(401).end();
    } else {
      errors.answer(context, challenge.status);
    }
    return Uni.createFrom().item(true);
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return covers(context)
        ? Uni.createFrom().item(challenge(context.get(OUTCOME)))
        : Uni.createFrom().nullItem();
  }

  private static ChallengeData challenge(@Nullable Admission outcome) {
    if (outcome instanceof Throttled throttled) {
      return new ChallengeData(429, "Retry-After", seconds(throttled));
    }
    return outcome instanceof Unknown
        ? new ChallengeData(503)
        : new ChallengeData(401, "WWW-Authenticate", "Bearer");
  }

  private static String seconds(Throttled throttled) {
    return Long.toString(Math.max(1, throttled.pause().plusMillis(999).toSeconds()));
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
    return Uni.createFrom()
        .item(
            new HttpCredentialTransport(
                HttpCredentialTransport.Type.AUTHORIZATION, "bearer", SCHEME));
  }

  @Override
  public int getPriority() {
    return 10 * DEFAULT_PRIORITY;
  }
}
