package org.medcue.recommendation;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditTrail;
import org.medcue.platform.sealing.SealingKeys;
import org.medcue.serving.ActiveModels;

/**
 * Records at start which model versions answer and which key seals, where that is not what the
 * trail says last: both change by configuration.
 */
@ApplicationScoped
class VersionsTrail {

  private static final Actor CONFIGURATION = Actor.system("configuration");
  private static final String NOW = "now";

  private final ActiveModels models;
  private final SealingKeys keys;
  private final AuditTrail trail;

  VersionsTrail(ActiveModels models, SealingKeys keys, AuditTrail trail) {
    this.models = models;
    this.keys = keys;
    this.trail = trail;
  }

  /** When the models are loaded. */
  void start(@Observes @Priority(5_000) StartupEvent start) {
    for (String service : RecommendationServices.ALL) {
      record(AuditAction.MODEL_CHANGE, "service/" + service, version(service));
    }
    record(AuditAction.KEY_CHANGE, "sealing-key", keys.activeId());
  }

  private String version(String service) {
    return models.status(service).answers().orElse(ActiveModels.NONE);
  }

  private void record(AuditAction action, String entity, String value) {
    String known = '"' + NOW + "\":\"" + value + '"';
    if (trail.last(action, entity).filter(row -> row.details().contains(known)).isEmpty()) {
      trail.append(AuditEvent.of(action, CONFIGURATION).about(entity).detail(NOW, value));
    }
  }
}
