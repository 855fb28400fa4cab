package org.medcue.audit;

import java.time.Instant;
import java.util.Optional;
import org.medcue.audit.AuditEvent.PatientKey;

/**
 * What is looked for in the trail; what is absent is not asked for.
 *
 * @param from recorded at this time or later
 * @param to recorded before this time
 * @param action what was done
 * @param actor who did it
 * @param tenant the EHR that acted
 * @param patient about whom
 */
public record AuditSearch(
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<AuditAction> action,
    Optional<String> actor,
    Optional<String> tenant,
    Optional<PatientKey> patient) {

  /** Everything of a time. */
  public static AuditSearch between(Optional<Instant> from, Optional<Instant> to) {
    return new AuditSearch(
        from, to, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Everything about a patient. */
  public static AuditSearch about(PatientKey patient) {
    return new AuditSearch(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(patient));
  }

  /** The same, up to a time. */
  public AuditSearch until(Instant end) {
    return new AuditSearch(from, Optional.of(end), action, actor, tenant, patient);
  }
}
