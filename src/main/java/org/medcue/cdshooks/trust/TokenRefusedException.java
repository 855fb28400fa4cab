package org.medcue.cdshooks.trust;

import java.util.Optional;

/** A token that admits nobody. Has no message and no cause: they would quote the token. */
final class TokenRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final RefusalReason reason;
  private final transient Optional<String> tenant;

  TokenRefusedException(RefusalReason reason) {
    this(reason, Optional.empty());
  }

  TokenRefusedException(RefusalReason reason, Optional<String> tenant) {
    super(null, null, false, false);
    this.reason = reason;
    this.tenant = tenant;
  }

  RefusalReason reason() {
    return reason;
  }

  /** The tenant whose issuer the token claims. */
  Optional<String> tenant() {
    return tenant;
  }
}
