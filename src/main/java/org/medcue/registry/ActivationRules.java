package org.medcue.registry;

import static org.medcue.registry.Outcome.refused;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.SourceAttributes;
import org.medcue.registry.Outcome.Refusal;
import org.medcue.registry.PromotionRequest.Wish;

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
    return figure(folder).isPresent();
  }

  /** Why a wish cannot be granted; empty if it can. */
  Optional<Outcome> refusal(VersionEntity version, Optional<VersionEntity> active, Wish wish) {
    VersionState next = wish.share().isPresent() ? VersionState.CANARY : VersionState.ACTIVE;
    if (!version.state.mayBecome(next)) {
      return Optional.of(ModelChanges.illegal(version, "become " + ModelChanges.code(next)));
    }
    try {
      ModelFolder folder = folders.open(version.assigned());
      List<String> missing = SourceAttributes.missing(folder);
      if (!missing.isEmpty()) {
        return Optional.of(
            refused(
                Refusal.CARD_INCOMPLETE,
                "MODEL_CARD.md lacks " + String.join(", ", missing) + "; write a new version"));
      }
      if (active.isEmpty()) {
        return Optional.empty();
      }
      Optional<Outcome> unlike =
          wish.share().isPresent() ? otherKnowledge(version, active.get()) : Optional.empty();
      return unlike.isPresent() || wish.override().isPresent()
          ? unlike
          : worse(folder, folders.open(active.get().assigned()));
    } catch (ModelException e) {
      return Optional.of(refused(e));
    }
  }

  /**
   * Why a version cannot be on trial beside the active one: what they are compared on was read by
   * the knowledge of one of them.
   *
   * @throws ModelException if a manifest cannot be read
   */
  Optional<Outcome> otherKnowledge(VersionEntity version, VersionEntity active) {
    List<KnowledgeVersion> ours = folders.manifest(version.assigned()).knowledge();
    List<KnowledgeVersion> theirs = folders.manifest(active.assigned()).knowledge();
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

  private Optional<Outcome> worse(ModelFolder folder, ModelFolder active) {
    Optional<Double> ours = figure(folder);
    Optional<Double> theirs = figure(active);
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
                config.figure().get(folder.manifest().model()),
                ours.map(o -> String.format(Locale.ROOT, "%.4f", o)).orElse("not stated"),
                theirs.get(),
                config.margin())));
  }

  private Optional<Double> figure(ModelFolder folder) {
    return Optional.ofNullable(config.figure().get(folder.manifest().model()))
        .map(name -> folder.manifest().metrics().get(name));
  }
}
