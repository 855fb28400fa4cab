package org.medcue.cdshooks.trust;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumSet;
import java.util.Set;
import org.medcue.audit.Actor;
import org.medcue.audit.Refusal;
import org.medcue.audit.RefusalTrail;

/** Brings calls that were turned away into the audit trail. */
@ApplicationScoped
class RefusalRecorder {

  /** Given only once the signature is found good: before that anybody can claim to be a tenant. */
  private static final Set<RefusalReason> PROVEN =
      EnumSet.of(
          RefusalReason.TOKEN_REPLAYED,
          RefusalReason.ORIGIN_NOT_LISTED,
          RefusalReason.TOO_MANY_CALLS);

  private final RefusalTrail trail;

  RefusalRecorder(RefusalTrail trail) {
    this.trail = trail;
  }

  void record(@Observes RefusedCall call) {
    String tenant = call.tenant().orElse("");
    boolean proven = PROVEN.contains(call.reason()) && !tenant.isEmpty();
    trail.report(
        Refusal.of(
            proven ? Actor.client(tenant, tenant) : Actor.UNKNOWN,
            call.reason().code(),
            call.method(),
            call.path(),
            call.remoteAddress(),
            proven ? "" : tenant));
  }
}
