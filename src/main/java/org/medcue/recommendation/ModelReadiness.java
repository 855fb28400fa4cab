package org.medcue.recommendation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.medcue.serving.ActiveModels;
import org.medcue.serving.ServiceModels;

/**
 * Medcue is ready while a model answers for each service that has one. Says which version answers,
 * which one should, and why they differ if they do.
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
    for (String service : RecommendationServices.ALL) {
      ServiceModels status = models.status(service);
      status.answers().ifPresent(version -> response.withData(service, version));
      status.canary().ifPresent(version -> response.withData(service + ".canary", version));
      status.assigned().ifPresent(version -> response.withData(service + ".assigned", version));
      status.problem().ifPresent(problem -> response.withData(service + ".problem", problem));
    }
    boolean ready = isReady(RecommendationServices.ALL.stream().map(models::status).toList());
    return response.withData("device", models.device()).status(ready).build();
  }

  /** Whether calls should come here: another replica may have what this one could not load. */
  static boolean isReady(List<ServiceModels> services) {
    return services.stream().anyMatch(service -> service.answers().isPresent())
        && services.stream()
            .allMatch(service -> service.answers().isPresent() || service.assigned().isEmpty());
  }
}
