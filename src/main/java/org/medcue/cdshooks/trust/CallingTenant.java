package org.medcue.cdshooks.trust;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Objects;
import org.medcue.platform.Roles;
import org.medcue.tenant.Tenant;

/** The tenant behind a call, as its identity. */
public final class CallingTenant {

  private static final String TENANT = "org.medcue.tenant";

  private CallingTenant() {}

  /** The tenant that calls; there is one wherever the role {@link Roles#CDS_CLIENT} is. */
  public static Tenant of(SecurityIdentity identity) {
    return Objects.requireNonNull(identity.<Tenant>getAttribute(TENANT), "no CDS client");
  }

  static SecurityIdentity identity(Tenant tenant) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(tenant.id()))
        .addRole(Roles.CDS_CLIENT)
        .addAttribute(TENANT, tenant)
        .build();
  }
}
