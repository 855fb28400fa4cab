package org.medcue.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.SourceAttributes;

/**
 * All that is known of a version.
 *
 * @param summary where it stands
 * @param revision of the model; the ETag
 * @param figure name of the figure that versions of its model are compared by
 * @param files what its folder says; empty where this replica does not have it, or not whole
 * @param problem why {@code files} is empty
 * @param requests what was asked for it, the newest first
 * @param history its changes, the oldest first
 */
public record VersionDetail(
    VersionSummary summary,
    long revision,
    Optional<String> figure,
    Optional<Files> files,
    Optional<String> problem,
    List<PromotionRequest> requests,
    List<Change> history) {

  /**
   * What the folder of a version says.
   *
   * @param knowledge versions of knowledge that it was built on, such as {@code drugs/1.0.0}
   * @param provenance what made it
   * @param metrics headline figures of its evaluation
   * @param cardLacks source attributes that its model card lacks
   */
  public record Files(
      List<String> knowledge,
      Map<String, String> provenance,
      Map<String, Double> metrics,
      List<String> cardLacks) {

    /** Reads them; the folder was opened. */
    static Files of(ModelFolder folder) {
      return new Files(
          cited(folder.manifest()),
          folder.manifest().provenance(),
          folder.manifest().metrics(),
          SourceAttributes.missing(folder));
    }

    /** Versions of knowledge that a manifest cites, as text. */
    static List<String> cited(ModelManifest manifest) {
      return manifest.knowledge().stream().map(KnowledgeVersion::toString).toList();
    }
  }

  /** The same, of a folder that could be read. */
  VersionDetail with(Files read) {
    return new VersionDetail(
        summary, revision, figure, Optional.of(read), Optional.empty(), requests, history);
  }

  /** The same, of a folder that is not here, or not whole. */
  VersionDetail with(ModelException unusable) {
    return new VersionDetail(
        summary,
        revision,
        figure,
        Optional.empty(),
        Optional.ofNullable(unusable.getMessage()),
        requests,
        history);
  }

  /**
   * One change, as the audit trail has it.
   *
   * @param seq number of the row
   * @param at when
   * @param by who
   * @param details from, to, reason and more
   */
  public record Change(long seq, Instant at, String by, Map<String, String> details) {}
}
