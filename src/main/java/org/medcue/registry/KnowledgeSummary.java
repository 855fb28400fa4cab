package org.medcue.registry;

import java.time.Instant;

/**
 * A version of knowledge.
 *
 * @param name such as {@code drugs}
 * @param version its number
 * @param digest SHA-256 of its SHA256SUMS
 * @param registeredAt when it was registered
 */
public record KnowledgeSummary(String name, String version, String digest, Instant registeredAt) {

  static KnowledgeSummary of(KnowledgeEntity row) {
    return new KnowledgeSummary(row.name, row.version, row.digest, row.registeredAt);
  }
}
