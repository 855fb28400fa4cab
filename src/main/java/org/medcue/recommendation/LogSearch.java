package org.medcue.recommendation;

import java.time.Instant;
import java.util.Optional;

/**
 * What is looked for in the log; what is absent is not asked for.
 *
 * @param tenant the EHR that called
 * @param patientId bare id of a Patient of the tenant
 * @param clinician {@code Type/id} of a user of the tenant
 * @param model name and version that answered, {@code mrkpa/2.1.0}
 * @param outcome what became of a card
 * @param from served at this time or later
 * @param to served before this time
 */
public record LogSearch(
    Optional<String> tenant,
    Optional<String> patientId,
    Optional<String> clinician,
    Optional<String> model,
    Optional<Outcome> outcome,
    Optional<Instant> from,
    Optional<Instant> to) {

  /** What became of a card. */
  public enum Outcome {
    ACCEPTED,
    OVERRIDDEN,
    /** Nobody said anything about any card. */
    NONE
  }

  /** Everything. */
  public static LogSearch all() {
    return new LogSearch(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
