package org.medcue.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** Reads and writes the table of tenants. */
@ApplicationScoped
class TenantRepository implements PanacheRepositoryBase<TenantEntity, String> {

  List<TenantEntity> page(int page, int size) {
    return findAll(Sort.ascending("id")).page(page, size).list();
  }

  Optional<TenantEntity> locked(String id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  boolean isIssuerOfAnother(String issuer, String id) {
    return count("issuer = ?1 and id <> ?2", issuer, id) > 0;
  }
}
