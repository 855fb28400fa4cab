package org.medcue.audit;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.medcue.platform.Database;

/** Makes sure at start that the service itself cannot change the trail. */
@ApplicationScoped
class AuditRights {

  private static final Logger LOG = Logger.getLogger(AuditRights.class);
  private static final String TOO_MUCH =
      "The database user of the service may change the audit trail: connect as the role of"
          + " medcue.database.application-role, and let quarkus.flyway.username own the tables";

  private final AuditRepository repository;

  AuditRights(AuditRepository repository) {
    this.repository = repository;
  }

  void start(@Observes StartupEvent start, LaunchMode mode) {
    if (Database.inTransaction("the audit trail", repository::mayChange)) {
      if (mode == LaunchMode.NORMAL) {
        throw new IllegalStateException(TOO_MUCH);
      }
      LOG.warn(TOO_MUCH);
    }
  }
}
