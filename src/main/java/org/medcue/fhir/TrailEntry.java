package org.medcue.fhir;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of the audit trail, as far as FHIR has a place for it.
 *
 * @param seq its number
 * @param recordedAt when
 * @param action what was done, such as {@code recommendation}
 * @param failure why it did not come about
 * @param tenant the EHR that acted
 * @param actor who acted
 * @param subject pseudonym of the patient
 * @param patientId the Patient, unless the pseudonym was forgotten
 * @param entity what it is about, such as {@code recommendation/UUID}
 * @param details identifiers and codes by name
 * @param hash the row's hash in the chain
 */
public record TrailEntry(
    long seq,
    Instant recordedAt,
    String action,
    Optional<String> failure,
    Optional<String> tenant,
    String actor,
    Optional<UUID> subject,
    Optional<String> patientId,
    Optional<String> entity,
    Map<String, String> details,
    String hash) {

  public TrailEntry {
    details = Map.copyOf(details);
  }

  /** A detail by name. */
  Optional<String> detail(String name) {
    return Optional.ofNullable(details.get(name));
  }
}
