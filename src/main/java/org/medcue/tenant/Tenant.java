package org.medcue.tenant;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;

/**
 * An EHR that may call.
 *
 * @param id a short name, the same for good
 * @param version counts its changes from 1
 */
public record Tenant(String id, int version, @JsonUnwrapped TenantSettings settings) {

  /** Who calls where client trust is off. No admin can name a tenant so. */
  public static final String LOCAL = "local";

  /** The caller where client trust is off: it has no keys, and nothing is fetched from it. */
  public static Tenant local() {
    return new Tenant(
        LOCAL,
        1,
        new TenantSettings(
            LOCAL,
            "",
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            false,
            true));
  }
}
