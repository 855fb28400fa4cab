package org.medcue.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of the tenants; what nobody searches for is in {@code settings}. */
@Entity
@Table(name = "tenant")
class TenantEntity {

  @Id String id;

  String issuer;

  boolean enabled;

  /** {@link TenantSettings} as JSON. */
  String settings;

  int version;

  @Column(name = "changed_at")
  Instant changedAt;

  /** For Hibernate and for the service, which sets every field. */
  @SuppressWarnings("NullAway.Init")
  TenantEntity() {}
}
