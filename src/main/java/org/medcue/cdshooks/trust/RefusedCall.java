package org.medcue.cdshooks.trust;

import java.util.Optional;

/**
 * A call that was turned away; fired as a CDI event, on a thread that may block.
 *
 * @param tenant whose key signed it, or else whose issuer it claims, where there is such a tenant
 * @param reason why
 * @param method of HTTP
 * @param path as called, cut to 200 characters; not to be trusted
 * @param remoteAddress where it came from
 */
public record RefusedCall(
    Optional<String> tenant,
    RefusalReason reason,
    String method,
    String path,
    String remoteAddress) {

  private static final int LONGEST_PATH = 200;

  public RefusedCall {
    path = path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH);
  }
}
