package org.medcue.registry;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What one admin asked for a version and another decides.
 *
 * @param id its identifier
 * @param action {@code activate} or {@code canary}
 * @param share of the patients, for a canary
 * @param requestedBy who asked
 * @param requestedAt when
 * @param reason why
 * @param override why although the version's figures are worse than the active one's
 * @param status {@code open}, {@code approved} or {@code declined}
 * @param decidedBy who decided
 * @param decidedAt when
 * @param decisionReason why
 */
public record PromotionRequest(
    UUID id,
    String action,
    Optional<Double> share,
    String requestedBy,
    Instant requestedAt,
    String reason,
    Optional<String> override,
    String status,
    Optional<String> decidedBy,
    Optional<Instant> decidedAt,
    Optional<String> decisionReason) {

  /**
   * What is asked for.
   *
   * @param share of the patients for a canary, above 0 to 0.5; empty to answer for everybody
   * @param reason why
   * @param override why although the figures are worse, where they are
   */
  public record Wish(Optional<Double> share, String reason, Optional<String> override) {

    /** The largest share of the patients that a canary may answer for. */
    public static final double MAX_SHARE = 0.5;

    /**
     * @throws IllegalArgumentException if the share is out of its range
     */
    public Wish {
      if (share.filter(given -> !(given > 0 && given <= MAX_SHARE)).isPresent()) {
        throw new IllegalArgumentException("a canary's share is above 0 and at most 0.5");
      }
    }

    RequestEntity.Action action() {
      return share.isPresent() ? RequestEntity.Action.CANARY : RequestEntity.Action.ACTIVATE;
    }
  }
}
