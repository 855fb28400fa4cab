package org.medcue.audit;

import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while what is done could not be believed later. */
@Readiness
class AuditReadiness implements HealthCheck {

  private final HeadWriter heads;

  AuditReadiness(HeadWriter heads) {
    this.heads = heads;
  }

  @Override
  public HealthCheckResponse call() {
    HeadWriter.State state = heads.state();
    return HealthCheckResponse.named("audit-trail")
        .status(state == HeadWriter.State.GOOD)
        .withData("head", state.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .build();
  }
}
