package org.medcue.audit;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A call that was turned away.
 *
 * @param actor who it was, as far as that was proven
 * @param reason a code, such as {@code token-expired}
 * @param target the method and the beginning of the path
 * @param remote the network address that it came from
 * @param claims who the caller claims to be without having proven it, or empty
 */
public record Refusal(Actor actor, String reason, String target, String remote, String claims) {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** As our addresses begin; anything else is the caller's own text, or an identifier. */
  private static final Pattern BEGINNING =
      Pattern.compile("(/(?:api|cds-services|console)(?:/[a-z-]{1,40}(?=/|$))?).*");

  /** With no more of the path than says what was asked for: the rest may name a patient. */
  public static Refusal of(
      Actor actor, String reason, String method, String path, String remote, String claims) {
    var beginning = BEGINNING.matcher(path);
    String target =
        (METHODS.contains(method) ? method : "OTHER")
            + ' '
            + (beginning.matches() ? beginning.group(1) : "/");
    return new Refusal(actor, reason, target, remote, claims);
  }

  AuditEvent event(long count) {
    AuditEvent event =
        AuditEvent.of(AuditAction.REFUSAL, actor)
            .failed(reason)
            .about(target)
            .detail("remote", remote)
            .detail("count", count);
    return claims.isEmpty() ? event : event.detail("claims", claims);
  }
}
