package org.medcue.cdshooks.trust;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Says at start and in the health whether anybody may call, and ends a service in use that would.
 */
@Readiness
@ApplicationScoped
class TrustNotice implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(TrustNotice.class);

  private final TrustConfig.Mode mode;

  TrustNotice(TrustConfig config) {
    mode = config.mode();
  }

  void start(@Observes StartupEvent started) {
    if (mode == TrustConfig.Mode.REQUIRED) {
      return;
    }
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      throw new IllegalStateException("medcue.client-trust.mode=none is for development and tests");
    }
    LOG.warn(
        """

        **********************************************************************
        *  CDS Hooks client trust is OFF (medcue.client-trust.mode=none):      *
        *  whoever reaches this service may call it. For development only.   *
        **********************************************************************\
        """);
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("client-trust")
        .up()
        .withData("mode", mode.name().toLowerCase(Locale.ROOT))
        .build();
  }
}
