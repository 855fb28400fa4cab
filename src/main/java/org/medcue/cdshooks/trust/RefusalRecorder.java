package org.medcue.cdshooks.trust;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.medcue.audit.Actor;
import org.medcue.audit.RefusalTrail;
import org.medcue.audit.RefusalTrail.Refusal;

/** Brings calls that were turned away into the audit trail. */
@ApplicationScoped
class RefusalRecorder {

  private final RefusalTrail trail;

  RefusalRecorder(RefusalTrail trail) {
    this.trail = trail;
  }

  void record(@Observes RefusedCall call) {
    String client = call.tenant().orElse("unknown");
    trail.report(
        Refusal.of(
            call.tenant().isPresent() ? Actor.client(client, client) : Actor.system(client),
            call.reason().code(),
            call.method(),
            call.path(),
            call.remoteAddress()));
  }
}
