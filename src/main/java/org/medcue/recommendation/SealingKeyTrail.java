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

/**
 * Records at start which key seals, where that is not what the trail says last: it changes by
 * configuration.
 */
@ApplicationScoped
class SealingKeyTrail {

  private static final String ENTITY = "sealing-key";
  private static final String NOW = "now";

  private final SealingKeys keys;
  private final AuditTrail trail;

  SealingKeyTrail(SealingKeys keys, AuditTrail trail) {
    this.keys = keys;
    this.trail = trail;
  }

  void start(@Observes @Priority(5_000) StartupEvent start) {
    String known = '"' + NOW + "\":\"" + keys.activeId() + '"';
    if (trail
        .last(AuditAction.KEY_CHANGE, ENTITY)
        .filter(row -> row.details().contains(known))
        .isEmpty()) {
      trail.append(
          AuditEvent.of(AuditAction.KEY_CHANGE, Actor.system("configuration"))
              .about(ENTITY)
              .detail(NOW, keys.activeId()));
    }
  }
}
