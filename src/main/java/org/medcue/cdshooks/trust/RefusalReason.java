package org.medcue.cdshooks.trust;

import java.util.Locale;

/** Why a call was turned away: for the audit trail and the log, never for the caller. */
public enum RefusalReason {
  NO_TOKEN,
  SEVERAL_TOKENS,
  TOKEN_TOO_LONG,
  TOKEN_MALFORMED,
  TOKEN_HEADER,
  TOKEN_ALGORITHM,
  TOKEN_CLAIMS,
  TOKEN_LIFETIME,
  TOKEN_EXPIRED,
  TOKEN_NOT_YET_VALID,
  TOKEN_AUDIENCE,
  TOKEN_REPLAYED,
  ISSUER_UNKNOWN,
  TENANT_DISABLED,
  JKU_NOT_LISTED,
  KEY_UNKNOWN,
  SIGNATURE_INVALID,
  ORIGIN_NOT_LISTED,
  TOO_MANY_CALLS;

  /** As it is recorded, such as {@code token-expired}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
