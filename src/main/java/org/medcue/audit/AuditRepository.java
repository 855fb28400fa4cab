package org.medcue.audit;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medcue.platform.Conditions;

/** Reads and appends the trail. */
@ApplicationScoped
class AuditRepository implements PanacheRepositoryBase<AuditEventEntity, Long> {

  /** Any number that nothing else locks in this database. */
  private static final long LOCK = 0x6d65646375650001L;

  /**
   * Makes everybody else who appends wait until this transaction ends: a row continues the one
   * before it, so rows are written one after another, in all replicas.
   */
  void lock() {
    getEntityManager()
        .createNativeQuery("select 1 from pg_advisory_xact_lock(" + LOCK + ")")
        .getSingleResult();
  }

  /** Whether the database would let this service change the trail but for the trigger. */
  boolean mayChange() {
    return (Boolean)
        getEntityManager()
            .createNativeQuery(
                "select has_table_privilege('audit_event', 'update')"
                    + " or has_table_privilege('audit_event', 'delete')"
                    + " or has_table_privilege('audit_event', 'truncate')",
                Boolean.class)
            .getSingleResult();
  }

  /** Rows behind one, oldest first, that a search asks for. */
  List<AuditRecord> find(AuditSearch search, Optional<UUID> subject, long after, int most) {
    Conditions where =
        new Conditions()
            .where("seq > :after", "after", Optional.of(after))
            .where("recordedAt >= :from", "from", search.from())
            .where("recordedAt < :to", "to", search.to())
            .where("action = :action", "action", search.action().map(AuditAction::code))
            .where("actor = :actor", "actor", search.actor())
            // What an EHR did, and what was done with it
            .where(
                "(tenant = :tenant or entity = concat('tenant/', :tenant))",
                "tenant",
                search.tenant())
            .where("subject = :subject", "subject", subject);
    return find(where.text(), Sort.by("seq"), where.values()).page(0, most).stream()
        .map(AuditEventEntity::row)
        .toList();
  }

  List<AuditRecord> about(String entity, int most) {
    return find("entity = ?1", Sort.by("seq"), entity).page(0, most).stream()
        .map(AuditEventEntity::row)
        .toList();
  }

  Optional<AuditRecord> last(AuditAction action, String entity) {
    return find("action = ?1 and entity = ?2", Sort.descending("seq"), action.code(), entity)
        .page(0, 1)
        .<AuditEventEntity>firstResultOptional()
        .map(AuditEventEntity::row);
  }

  Optional<AuditRecord> last() {
    return findAll(Sort.descending("seq"))
        .page(0, 1)
        .<AuditEventEntity>firstResultOptional()
        .map(AuditEventEntity::row);
  }
}
