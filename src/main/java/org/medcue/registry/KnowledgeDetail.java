package org.medcue.registry;

import java.util.List;
import java.util.Optional;

/**
 * All that is known of a version of knowledge.
 *
 * @param summary what was registered
 * @param problem why this replica could not use it; empty where its folder is what was registered
 * @param citedBy model versions that were built on it, as far as this replica has their folders
 */
public record KnowledgeDetail(
    KnowledgeSummary summary, Optional<String> problem, List<CitedBy> citedBy) {

  /**
   * A model version that cites it: what it answers, it answers by this knowledge.
   *
   * @param state in small letters, such as {@code active}
   */
  public record CitedBy(String model, String version, String state) {}
}
