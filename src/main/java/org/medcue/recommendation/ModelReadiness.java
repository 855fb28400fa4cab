package org.medcue.recommendation;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.medcue.serving.ModelServer;
import org.medcue.serving.ServedModel;

/** Medcue is ready once a model answers; says which. */
@Readiness
@ApplicationScoped
class ModelReadiness implements HealthCheck {

  private final ModelServer models;

  ModelReadiness(ModelServer models) {
    this.models = models;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("model");
    try {
      ServedModel model = models.active(RecommendationServices.MEDICATIONS_FROM_VISITS);
      return response
          .up()
          .withData("model", model.name())
          .withData("version", model.version())
          .build();
    } catch (IllegalStateException e) {
      return response.down().build();
    }
  }
}
