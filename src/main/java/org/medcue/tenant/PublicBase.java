package org.medcue.tenant;

import java.util.Optional;

/** Where EHRs reach the service: the beginning of every {@code aud} of their tokens. */
public final class PublicBase {

  private PublicBase() {}

  /**
   * What is wrong with one: it is compared as it stands, so a slash too many shuts out every EHR.
   *
   * @param plainHttp whether {@code http} is taken where {@code https} belongs
   */
  public static Optional<String> problem(String base, boolean plainHttp) {
    boolean good =
        TenantRules.isUrl(base, plainHttp) && !TenantRules.hasQuery(base) && !base.endsWith("/");
    return good
        ? Optional.empty()
        : Optional.of(
            "must be "
                + TenantRules.url(plainHttp)
                + " without query and without a slash at its end");
  }
}
