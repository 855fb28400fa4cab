package org.medcue.recommendation;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.medcue.serving.ActiveModels;
import org.medcue.serving.ServiceModels;

/**
 * Medcue is ready once a model answers for a service. Says for each which version answers, which
 * one should, and why they differ if they do.
 */
@Readiness
@ApplicationScoped
class ModelReadiness implements HealthCheck {

  private final ActiveModels models;

  ModelReadiness(ActiveModels models) {
    this.models = models;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("model");
    boolean ready = false;
    for (String service : RecommendationServices.ALL) {
      ServiceModels status = models.status(service);
      ready |= status.answers().isPresent();
      status.answers().ifPresent(version -> response.withData(service, version));
      status.canary().ifPresent(version -> response.withData(service + ".canary", version));
      status.assigned().ifPresent(version -> response.withData(service + ".assigned", version));
      status.problem().ifPresent(problem -> response.withData(service + ".problem", problem));
    }
    return response.withData("device", models.device()).status(ready).build();
  }
}
