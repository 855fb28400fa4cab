package org.medcue.training.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.model.mrkpa.Attack;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.training.comparison.ComparedSystem.Setting;
import org.medcue.training.comparison.ComparedSystem.Trained;
import org.medcue.training.fitting.Ingredient;
import org.medcue.training.fitting.MrKpaFitting;
import org.medcue.training.fitting.MrKpaRecipe;

/**
 * The systems that {@code medcue compare mrkpa} trains: MR-KPA whole and without its ingredients,
 * in the paper's form, every baseline, and the regime of few patients with sequences.
 */
final class ComparedSystems {

  /** The whole model, which all others are compared with. */
  static final String WHOLE = "mrkpa";

  /** How the titles of all its forms begin. */
  static final String TITLE = "MR-KPA";

  /** How the titles of those without an ingredient begin. */
  static final String WITHOUT = TITLE + " without ";

  /** Targets a step where few patients are learned from. */
  static final int FEW_TARGETS = 32;

  /** Most epochs where few patients are learned from. */
  static final int MOST_EPOCHS = 40;

  private static final int SEEDS = 3;
  private static final double[] SHARES = {0.05, 0.1, 0.25};

  private final KnowledgeBase knowledge;
  private final int epochs;
  private final int preTrainingEpochs;

  /**
   * @param epochs of fine-tuning of MR-KPA; baselines have schedules of their own
   * @param preTrainingEpochs of MR-KPA
   */
  ComparedSystems(KnowledgeBase knowledge, int epochs, int preTrainingEpochs) {
    this.knowledge = knowledge;
    this.epochs = epochs;
    this.preTrainingEpochs = preTrainingEpochs;
  }

  /** All systems, the most telling first. */
  List<ComparedSystem> all() {
    ComparedBaselines baselines = new ComparedBaselines(knowledge);
    List<ComparedSystem> systems = new ArrayList<>();
    systems.add(without(Set.of(), SEEDS, 1));
    systems.addAll(baselines.all(SEEDS));
    for (Ingredient ingredient : Ingredient.values()) {
      systems.add(without(Set.of(ingredient), SEEDS, 1));
    }
    systems.add(paperForm());
    for (Ingredient kept : Ingredient.values()) {
      Set<Ingredient> left = new TreeSet<>(Set.of(Ingredient.values()));
      left.remove(kept);
      systems.add(without(left, 1, 1));
    }
    systems.add(without(Set.of(Ingredient.values()), 1, 1));
    systems.add(attackOnVisits());
    systems.add(alternating());
    for (double share : SHARES) {
      systems.add(without(Set.of(), SEEDS, share));
      systems.add(without(Set.of(Ingredient.PRETRAINING), SEEDS, share));
      systems.add(baselines.regression(share, SEEDS));
      systems.add(without(Set.of(Ingredient.ONTOLOGY), 1, share));
      systems.add(without(Set.of(Ingredient.ADVERSARIAL), 1, share));
    }
    systems.add(baselines.regressionForTwiceAsLong());
    return systems;
  }

  /** The key of MR-KPA without some ingredients. */
  static String key(Set<Ingredient> left, double share) {
    String without =
        new TreeSet<>(left)
            .stream()
                .map(ingredient -> "-without-" + ingredient.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    return WHOLE + without + suffix(share);
  }

  /** What a share of patients adds to a key. */
  static String suffix(double share) {
    return share == 1 ? "" : "-of-" + Math.round(100 * share) + "-percent";
  }

  /** What a share of patients adds to a title. */
  static String of(double share) {
    return share == 1 ? "" : ", " + Math.round(100 * share) + " % of patients";
  }

  private ComparedSystem without(Set<Ingredient> left, int seeds, double share) {
    String names =
        new TreeSet<>(left)
            .stream()
                .map(ingredient -> ingredient.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    String title = left.isEmpty() ? TITLE : WITHOUT + names;
    return mrKpa(key(left, share), title + of(share), seeds, share, recipe(share).without(left));
  }

  private ComparedSystem paperForm() {
    return mrKpa(
        WHOLE + "-paper-head",
        TITLE + " in the paper's form (even average of history, no drug memory)",
        SEEDS,
        1,
        recipe(1).withNetwork(MrKpaConfig.standard().withoutDrugMemory()));
  }

  private ComparedSystem attackOnVisits() {
    return mrKpa(
        WHOLE + "-attack-on-visits",
        TITLE + ", adversary on visit vectors (equation 12 as written)",
        1,
        1,
        recipe(1).withAttack(new Attack(Attack.Target.VISITS, 1)));
  }

  private ComparedSystem alternating() {
    return mrKpa(
        WHOLE + "-alternating",
        TITLE + ", pre-training and fine-tuning in three rounds",
        1,
        1,
        recipe(1).withRounds(3, epochs));
  }

  /** With fewer patients an epoch has fewer targets, so there are more epochs and more steps. */
  private MrKpaRecipe recipe(double share) {
    MrKpaRecipe recipe = MrKpaRecipe.standard(epochs, preTrainingEpochs, 0);
    if (share == 1) {
      return recipe;
    }
    int more = (int) Math.min(MOST_EPOCHS, Math.round(epochs / share));
    Schedule usual = recipe.fineTuning();
    return recipe.withFineTuning(
        new Schedule(more, FEW_TARGETS, usual.learningRate(), usual.weightDecay(), 0));
  }

  private ComparedSystem mrKpa(
      String key, String title, int seeds, double share, MrKpaRecipe recipe) {
    return new ComparedSystem(
        key,
        title,
        seeds,
        share,
        recipe.toString(),
        setting -> train(recipe.withSeed(setting.seed()), setting));
  }

  private Trained train(MrKpaRecipe recipe, Setting setting) {
    MrKpaFitting.Fitted fitted =
        new MrKpaFitting(knowledge, DeviceChoice.CPU, setting.progress())
            .fit(recipe, setting.patients(), setting.checkpoints());
    return new Trained(
        new NetworkScorer(fitted.model(), knowledge),
        "epoch " + fitted.outcome().bestEpoch(),
        Optional.of(fitted.outcome()),
        fitted::close);
  }
}
