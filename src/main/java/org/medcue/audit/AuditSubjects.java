package org.medcue.audit;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.medcue.audit.AuditEvent.PatientKey;
import org.medcue.platform.Database;

/**
 * Pseudonyms of patients. The trail names a patient by one, so that an erasure takes the patient
 * out of it without touching a row.
 */
@ApplicationScoped
public class AuditSubjects {

  private final Rows rows;

  AuditSubjects(Rows rows) {
    this.rows = rows;
  }

  /** The pseudonym of a patient, where the trail has one. */
  public Optional<UUID> find(String tenant, String patientId) {
    return inTransaction(() -> rows.of(new PatientKey(tenant, patientId)).map(row -> row.id));
  }

  /** Whom pseudonyms stand for; those that were forgotten are left out. */
  public Map<UUID, PatientKey> patients(Collection<UUID> pseudonyms) {
    return pseudonyms.isEmpty()
        ? Map.of()
        : inTransaction(
            () ->
                rows.list("id in ?1", pseudonyms).stream()
                    .collect(
                        Collectors.toMap(
                            row -> row.id, row -> new PatientKey(row.tenant, row.patientId))));
  }

  /**
   * Forgets whom a pseudonym stands for. Rows of the trail stay as they are.
   *
   * @return whether there was one
   */
  public boolean forget(String tenant, String patientId) {
    return inTransaction(
        () -> rows.delete("tenant = ?1 and patientId = ?2", tenant, patientId) > 0);
  }

  /** The pseudonym of a patient, made at its first mention. Needs a transaction. */
  UUID of(PatientKey patient) {
    Optional<AuditSubjectEntity> row = rows.of(patient);
    // Each turn but the first takes an erasure that ended since the row was seen to be there
    while (row.isEmpty()) {
      rows.insertUnlessThere(patient);
      row = rows.of(patient);
    }
    return row.get().id;
  }

  private static <T> T inTransaction(Supplier<T> work) {
    return Database.inTransaction("the audit trail", work);
  }

  @ApplicationScoped
  static class Rows implements PanacheRepositoryBase<AuditSubjectEntity, UUID> {

    Optional<AuditSubjectEntity> of(PatientKey patient) {
      return find("tenant = ?1 and patientId = ?2", patient.tenant(), patient.patientId())
          .firstResultOptional();
    }

    /** Two calls about one new patient may meet: the first wins. */
    void insertUnlessThere(PatientKey patient) {
      getEntityManager()
          .createNativeQuery(
              "insert into audit_subject (id, tenant, patient_id) values (?, ?, ?)"
                  + " on conflict (tenant, patient_id) do nothing")
          .setParameter(1, UUID.randomUUID())
          .setParameter(2, patient.tenant())
          .setParameter(3, patient.patientId())
          .executeUpdate();
    }
  }
}
