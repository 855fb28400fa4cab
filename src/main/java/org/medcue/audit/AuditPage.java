package org.medcue.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medcue.audit.AuditEvent.PatientKey;

/**
 * Rows of the trail, oldest first.
 *
 * @param items the rows
 * @param next what to send as {@code after} for the rows behind; left out at the end
 */
public record AuditPage(
    List<Item> items, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> next) {

  /**
   * A row as an auditor reads it.
   *
   * @param patient whom the pseudonym stands for; left out once that was forgotten
   * @param details identifiers and codes (JSON)
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Item(
      long seq,
      Instant recordedAt,
      String action,
      Optional<String> failure,
      String actorKind,
      Optional<String> tenant,
      String actor,
      Optional<UUID> subject,
      Optional<PatientKey> patient,
      Optional<String> entity,
      @JsonRawValue String details,
      String hash) {

    /** A row, with whom its pseudonym stands for where that is to be said. */
    public static Item of(AuditRecord row, Optional<PatientKey> patient) {
      return new Item(
          row.seq(),
          row.recordedAt(),
          row.action(),
          row.failure(),
          row.actorKind(),
          row.tenant(),
          row.actor(),
          row.subject(),
          patient,
          row.entity(),
          row.details(),
          row.hash());
    }
  }
}
