package org.medcue.console;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.medcue.platform.Roles;

/**
 * Who looks at the page.
 *
 * @param name to greet with
 * @param roles those of Medcue, in words
 * @param clinician may play the EHR
 * @param auditor may read the log
 */
record Viewer(String name, String roles, boolean clinician, boolean auditor) {

  static Viewer of(SecurityIdentity identity) {
    List<String> roles =
        Stream.of(Roles.CLINICIAN, Roles.ADMIN, Roles.AUDITOR).filter(identity::hasRole).toList();
    return new Viewer(
        name(identity),
        String.join(", ", roles),
        roles.contains(Roles.CLINICIAN),
        roles.contains(Roles.AUDITOR));
  }

  private static String name(SecurityIdentity identity) {
    @Nullable String name =
        identity.getPrincipal() instanceof JsonWebToken token ? token.getClaim("name") : null;
    return name == null || name.isBlank() ? identity.getPrincipal().getName() : name;
  }
}
