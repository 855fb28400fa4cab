package org.medcue.audit;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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
    List<String> conditions = new ArrayList<>(List.of("seq > :after"));
    Map<String, Object> values = new HashMap<>(Map.of("after", after));
    search.from().ifPresent(from -> add(conditions, values, "recordedAt >= :from", "from", from));
    search.to().ifPresent(to -> add(conditions, values, "recordedAt < :to", "to", to));
    search.action().ifPresent(a -> add(conditions, values, "action = :action", "action", a.code()));
    search.actor().ifPresent(a -> add(conditions, values, "actor = :actor", "actor", a));
    search.tenant().ifPresent(t -> add(conditions, values, "tenant = :tenant", "tenant", t));
    subject.ifPresent(s -> add(conditions, values, "subject = :subject", "subject", s));
    return find(String.join(" and ", conditions), Sort.by("seq"), values).page(0, most).stream()
        .map(AuditEventEntity::row)
        .toList();
  }

  private static void add(
      List<String> conditions,
      Map<String, Object> values,
      String condition,
      String name,
      Object value) {
    conditions.add(condition);
    values.put(name, value);
  }

  Optional<AuditRecord> last() {
    return findAll(Sort.descending("seq"))
        .page(0, 1)
        .<AuditEventEntity>firstResultOptional()
        .map(AuditEventEntity::row);
  }
}
