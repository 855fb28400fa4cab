package org.medcue.recommendation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.medcue.serving.ActiveModels;
import org.medcue.serving.ServedModel;

/** Medcue is ready once a model answers for a service; says which for each. */
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
    List<String> answered = RecommendationServices.ALL.stream().filter(models::has).toList();
    if (answered.isEmpty()) {
      return response.down().build();
    }
    for (String service : answered) {
      ServedModel model = models.active(service);
      response.withData(service, model.name() + " " + model.version());
    }
    ServedModel first = models.active(answered.get(0));
    return response
        .up()
        .withData("model", first.name())
        .withData("version", first.version())
        .build();
  }
}
