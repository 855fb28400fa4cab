package org.medcue.registry;

import static org.medcue.registry.Outcome.refused;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.registry.Assignment.Assigned;
import org.medcue.registry.Groundwork.Read;
import org.medcue.registry.Outcome.Refusal;
import org.medcue.registry.PromotionRequest.Wish;
import org.medcue.registry.VersionDetail.Files;

/**
 * What must hold before doctors see a version's answers: its state, a model card with all source
 * attributes (45 CFR 170.315(b)(11)), and an evaluation that is not worse than the active one's.
 */
@ApplicationScoped
class ActivationRules {

  private final RegistryConfig config;
  private final ModelRegistry folders;

  ActivationRules(RegistryConfig config, ModelRegistry folders) {
    this.config = config;
    this.folders = folders;
  }

  /** Whether a version states the figure that versions of its model are compared by. */
  boolean isEvaluated(ModelFolder folder) {
    return figure(folder.manifest().model(), folder.manifest().metrics()).isPresent();
  }

  /** Why a version in its state cannot be what is wished; empty if it can. */
  static Optional<Outcome> illegal(VersionEntity version, Wish wish) {
    VersionState next = wish.share().isPresent() ? VersionState.CANARY : VersionState.ACTIVE;
    if (!version.state.mayBecome(next)) {
      return Optional.of(ModelChanges.illegal(version, "become " + ModelChanges.code(next)));
    }
    return wish.share().filter(share -> share.equals(version.canaryShare)).isPresent()
        ? Optional.of(ModelChanges.illegal(version, "become one of the share that it has"))
        : Optional.empty();
  }

  /** The versions whose files decide whether doctors may see one, beside its own. */
  static List<Assigned> comparedWith(Optional<VersionEntity> active, Wish wish) {
    return active.filter(row -> isCompared(wish)).stream().map(VersionEntity::assigned).toList();
  }

  private static boolean isCompared(Wish wish) {
    return wish.share().isPresent() || wish.override().isEmpty();
  }

  /**
   * Why a wish cannot be granted; empty if it can.
   *
   * @param read the version's files, and those of {@link #comparedWith}
   */
  Optional<Outcome> refusal(
      VersionEntity version, Optional<VersionEntity> active, Wish wish, Read read) {
    Optional<Outcome> illegal = illegal(version, wish);
    if (illegal.isPresent()) {
      return illegal;
    }
    Optional<Files> files = read.of(version);
    if (files.isEmpty()) {
      return Optional.of(Read.changedSince());
    }
    List<String> missing = files.get().cardLacks();
    if (!missing.isEmpty()) {
      return Optional.of(
          refused(
              Refusal.CARD_INCOMPLETE,
              "MODEL_CARD.md lacks " + String.join(", ", missing) + "; write a new version"));
    }
    return active.isPresent() && isCompared(wish)
        ? read.of(active.get())
            .map(theirs -> refusal(version, files.get(), theirs, wish))
            .orElseGet(() -> Optional.of(Read.changedSince()))
        : Optional.empty();
  }

  private Optional<Outcome> refusal(VersionEntity version, Files files, Files active, Wish wish) {
    Optional<Outcome> unlike =
        wish.share().isPresent()
            ? otherKnowledge(version, files.knowledge(), active.knowledge())
            : Optional.empty();
    return unlike.isPresent() || wish.override().isPresent()
        ? unlike
        : worse(version.model, files, active);
  }

  /**
   * Why a version cannot be on trial beside the active one: what they are compared on was read by
   * the knowledge of one of them. Reads their manifests and no other file.
   *
   * @throws ModelException if a manifest cannot be read
   */
  Optional<Outcome> otherKnowledge(VersionEntity version, VersionEntity active) {
    return otherKnowledge(version, cited(version), cited(active));
  }

  private List<String> cited(VersionEntity version) {
    return Files.cited(folders.manifest(version.assigned()));
  }

  private static Optional<Outcome> otherKnowledge(
      VersionEntity version, List<String> ours, List<String> theirs) {
    return ours.equals(theirs)
        ? Optional.empty()
        : Optional.of(
            refused(
                Refusal.OTHER_KNOWLEDGE,
                version.ref()
                    + " cites "
                    + ours
                    + ", the active version "
                    + theirs
                    + ": on the same evidence they cannot be compared; it can only become active"));
  }

  private Optional<Outcome> worse(String model, Files files, Files active) {
    Optional<Double> ours = figure(model, files.metrics());
    Optional<Double> theirs = figure(model, active.metrics());
    if (theirs.isEmpty() || ours.filter(o -> o >= theirs.get() - config.margin()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        refused(
            Refusal.EVALUATION_WORSE,
            String.format(
                Locale.ROOT,
                "%s is %s, of the active version %.4f: more than %.4f less; evaluate it better, or"
                    + " say in override why it shall answer all the same",
                config.figure().get(model),
                ours.map(o -> String.format(Locale.ROOT, "%.4f", o)).orElse("not stated"),
                theirs.get(),
                config.margin())));
  }

  private Optional<Double> figure(String model, Map<String, Double> metrics) {
    return Optional.ofNullable(config.figure().get(model)).map(name -> metrics.get(name));
  }
}
