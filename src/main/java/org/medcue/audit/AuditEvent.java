package org.medcue.audit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that happened and must be believed later. Carries identifiers and codes, never clinical
 * content: the trail outlives what it tells of.
 *
 * @param action what was done
 * @param actor by whom
 * @param failure a code for why it did not come about, such as {@code token-expired}
 * @param patient about whom, where it is about a patient
 * @param entity about what, such as {@code recommendation/UUID}
 * @param details further identifiers and codes by name
 */
public record AuditEvent(
    AuditAction action,
    Actor actor,
    Optional<String> failure,
    Optional<PatientKey> patient,
    Optional<String> entity,
    Map<String, String> details) {

  /** A value that is longer is cut: it is a code or an identifier, or it does not belong here. */
  private static final int LONGEST = 300;

  /**
   * A patient of a tenant.
   *
   * @param tenant the EHR
   * @param patientId bare id of the Patient there
   */
  public record PatientKey(String tenant, String patientId) {}

  public AuditEvent {
    TreeMap<String, String> clean = new TreeMap<>();
    details.forEach((name, value) -> clean.put(name, clean(value)));
    details = java.util.Collections.unmodifiableMap(clean);
    entity = entity.map(AuditEvent::clean);
    failure = failure.map(AuditEvent::clean);
  }

  /** Something that came about. */
  public static AuditEvent of(AuditAction action, Actor actor) {
    return new AuditEvent(
        action, actor, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  /** The same, about a thing. */
  public AuditEvent about(String thing) {
    return new AuditEvent(action, actor, failure, patient, Optional.of(thing), details);
  }

  /** The same, about a patient. */
  public AuditEvent patient(String tenant, String patientId) {
    return new AuditEvent(
        action, actor, failure, Optional.of(new PatientKey(tenant, patientId)), entity, details);
  }

  /** The same, with one more detail. */
  public AuditEvent detail(String name, Object value) {
    Map<String, String> more = new TreeMap<>(details);
    more.put(name, value.toString());
    return new AuditEvent(action, actor, failure, patient, entity, more);
  }

  /** The same, which did not come about. */
  public AuditEvent failed(String reason) {
    return new AuditEvent(action, actor, Optional.of(reason), patient, entity, details);
  }

  /** PostgreSQL takes no NUL in a text. */
  private static String clean(String value) {
    String text = value.replace("\0", "");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
