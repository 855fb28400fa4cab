package org.medcue.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.medcue.audit.AuditEvent.PatientKey;
import org.medcue.platform.Database;
import org.medcue.platform.UnavailableException;

/** The append-only trail: every row is chained by SHA-256 to the one before. */
@ApplicationScoped
public class AuditTrail {

  private static final Comparator<PatientKey> PATIENTS =
      Comparator.comparing(PatientKey::tenant).thenComparing(PatientKey::patientId);

  private final AuditRepository repository;
  private final AuditSubjects subjects;
  private final HeadWriter heads;
  private final TransactionSynchronizationRegistry transactions;
  private final ObjectMapper json;
  private final Clock clock;

  AuditTrail(
      AuditRepository repository,
      AuditSubjects subjects,
      HeadWriter heads,
      TransactionSynchronizationRegistry transactions,
      ObjectMapper json,
      Clock clock) {
    this.repository = repository;
    this.subjects = subjects;
    this.heads = heads;
    this.transactions = transactions;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Appends events in the current transaction, or in one of its own. Call it as the last thing in a
   * transaction: until that ends everybody else who appends waits.
   *
   * @throws UnavailableException if the database does not take them
   */
  public void append(AuditEvent... events) {
    append(List.of(events));
  }

  /** As {@link #append(AuditEvent...)}. */
  public void append(List<AuditEvent> events) {
    if (!events.isEmpty()) {
      Database.inTransaction("the audit trail", () -> appendAll(events));
    }
  }

  /**
   * Rows that a search asks for, oldest first.
   *
   * @param after only rows behind this one; 0 from the beginning
   * @param most how many at most
   */
  public List<AuditRecord> find(AuditSearch search, long after, int most) {
    Optional<UUID> subject =
        search.patient().flatMap(key -> subjects.find(key.tenant(), key.patientId()));
    if (search.patient().isPresent() && subject.isEmpty()) {
      return List.of();
    }
    return Database.inTransaction(
        "the audit trail", () -> repository.find(search, subject, after, most));
  }

  /** The last row of an action about a thing. */
  public Optional<AuditRecord> last(AuditAction action, String entity) {
    return Database.inTransaction("the audit trail", () -> repository.last(action, entity));
  }

  /** Rows about a thing, oldest first. */
  public List<AuditRecord> about(String entity, int most) {
    return Database.inTransaction("the audit trail", () -> repository.about(entity, most));
  }

  private AuditHead appendAll(List<AuditEvent> events) {
    Map<PatientKey, UUID> pseudonyms = pseudonyms(events);
    repository.lock();
    Optional<AuditRecord> last = repository.last();
    AuditHead head =
        last.map(row -> new AuditHead(row.seq(), row.hash()))
            .orElse(new AuditHead(0, AuditRecord.GENESIS));
    for (int i = 0; i < events.size(); i++) {
      AuditRecord row = row(head, events.get(i), pseudonyms);
      repository.persist(AuditEventEntity.of(row));
      head = new AuditHead(row.seq(), row.hash());
    }
    publishWhenCommitted(head);
    return head;
  }

  /** In one order for all: two who name the same new patients must not wait for each other. */
  private Map<PatientKey, UUID> pseudonyms(List<AuditEvent> events) {
    Map<PatientKey, UUID> pseudonyms = new HashMap<>();
    Map<PatientKey, Boolean> patients = new TreeMap<>(PATIENTS);
    for (AuditEvent event : events) {
      event
          .patient()
          .ifPresent(
              key -> patients.merge(key, event.action().makesPseudonym(), Boolean::logicalOr));
    }
    patients.forEach(
        (patient, made) ->
            (made
                    ? Optional.of(subjects.of(patient))
                    : subjects.find(patient.tenant(), patient.patientId()))
                .ifPresent(id -> pseudonyms.put(patient, id)));
    return pseudonyms;
  }

  private AuditRecord row(AuditHead before, AuditEvent event, Map<PatientKey, UUID> pseudonyms) {
    return new AuditRecord(
            before.seq() + 1,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            event.action().code(),
            event.failure(),
            event.actor().kind().name().toLowerCase(Locale.ROOT),
            event.actor().tenant(),
            event.actor().name(),
            event.patient().map(pseudonyms::get),
            event.entity(),
            write(event.details()),
            before.hash(),
            "")
        .sealed();
  }

  private void publishWhenCommitted(AuditHead head) {
    transactions.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // nothing: the head is known when the rows are safe
          }

          @Override
          public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
              heads.publish(head);
            }
          }
        });
  }

  private String write(Map<String, String> details) {
    try {
      return json.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always writable", e);
    }
  }
}
