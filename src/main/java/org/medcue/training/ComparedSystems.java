package org.medcue.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.baseline.CopyLastVisit;
import org.medcue.model.baseline.FrequentDrugs;
import org.medcue.model.baseline.RegressionNetwork;
import org.medcue.model.baseline.RetainNetwork;
import org.medcue.model.baseline.VisitTransformerNetwork;
import org.medcue.model.mrkpa.Attack;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.RecordScorer;
import org.medcue.model.visits.TrainingPhase.Schedule;
import org.medcue.model.visits.Vocabulary;
import org.medcue.training.ComparedSystem.Setting;
import org.medcue.training.ComparedSystem.Trained;

/**
 * The systems that {@code medcue compare mrkpa} trains: MR-KPA whole and without its ingredients,
 * in the paper's form, and every baseline.
 */
final class ComparedSystems {

  /** The whole model, which all others are compared with. */
  static final String WHOLE = "mrkpa";

  private static final int SEEDS = 3;
  private static final double[] SHARES = {0.05, 0.1, 0.25};
  private static final int MOST_EPOCHS = 40;
  private static final int MANY_TARGETS = 128;
  private static final int FEW_TARGETS = 32;

  private final KnowledgeBase knowledge;
  private final int epochs;
  private final int preTrainingEpochs;

  /**
   * @param epochs of fine-tuning, for every network
   * @param preTrainingEpochs of MR-KPA
   */
  ComparedSystems(KnowledgeBase knowledge, int epochs, int preTrainingEpochs) {
    this.knowledge = knowledge;
    this.epochs = epochs;
    this.preTrainingEpochs = preTrainingEpochs;
  }

  /** All systems, the most telling first. */
  List<ComparedSystem> all() {
    List<ComparedSystem> systems = new ArrayList<>();
    systems.add(mrKpa(Set.of(), SEEDS, 1));
    systems.addAll(baselines(1, SEEDS));
    for (Ingredient ingredient : Ingredient.values()) {
      systems.add(mrKpa(Set.of(ingredient), SEEDS, 1));
    }
    systems.add(paperForm());
    for (Ingredient kept : Ingredient.values()) {
      Set<Ingredient> left = new TreeSet<>(Set.of(Ingredient.values()));
      left.remove(kept);
      systems.add(mrKpa(left, 1, 1));
    }
    systems.add(mrKpa(Set.of(Ingredient.values()), 1, 1));
    systems.add(attackOnVisits());
    systems.add(alternating());
    for (double share : SHARES) {
      systems.add(mrKpa(Set.of(), SEEDS, share));
      systems.add(mrKpa(Set.of(Ingredient.PRETRAINING), SEEDS, share));
      systems.add(regression(false, share, SEEDS));
      systems.add(mrKpa(Set.of(Ingredient.ONTOLOGY), 1, share));
      systems.add(mrKpa(Set.of(Ingredient.ADVERSARIAL), 1, share));
    }
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

  private static String suffix(double share) {
    return share == 1 ? "" : "-of-" + Math.round(100 * share) + "-percent";
  }

  private static String of(double share) {
    return share == 1 ? "" : ", " + Math.round(100 * share) + " % of patients";
  }

  private ComparedSystem mrKpa(Set<Ingredient> left, int seeds, double share) {
    String title =
        left.isEmpty()
            ? "MR-KPA"
            : "MR-KPA without "
                + new TreeSet<>(left)
                    .stream()
                        .map(ingredient -> ingredient.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    return new ComparedSystem(
        key(left, share),
        title + of(share),
        seeds,
        share,
        setting -> train(recipe(setting.seed(), share).without(left), setting));
  }

  private ComparedSystem paperForm() {
    return new ComparedSystem(
        WHOLE + "-paper-head",
        "MR-KPA in the paper's form (even average of history, no drug memory)",
        SEEDS,
        1,
        setting ->
            train(
                recipe(setting.seed(), 1).with(MrKpaConfig.standard().withoutDrugMemory()),
                setting));
  }

  private ComparedSystem attackOnVisits() {
    return new ComparedSystem(
        WHOLE + "-attack-on-visits",
        "MR-KPA, adversary on visit vectors (equation 12 as written)",
        1,
        1,
        setting ->
            train(recipe(setting.seed(), 1).with(new Attack(Attack.Target.VISITS, 1)), setting));
  }

  private ComparedSystem alternating() {
    return new ComparedSystem(
        WHOLE + "-alternating",
        "MR-KPA, pre-training and fine-tuning in three rounds",
        1,
        1,
        setting -> train(recipe(setting.seed(), 1).with(3, epochs), setting));
  }

  /** With fewer patients an epoch has fewer targets, so there are more epochs and more steps. */
  private MrKpaRecipe recipe(int seed, double share) {
    MrKpaRecipe recipe = MrKpaRecipe.standard(epochs, preTrainingEpochs, seed);
    if (share == 1) {
      return recipe;
    }
    int more = (int) Math.min(MOST_EPOCHS, Math.round(epochs / share));
    Schedule usual = recipe.fineTuning();
    return recipe.with(
        new Schedule(more, FEW_TARGETS, usual.learningRate(), usual.weightDecay(), seed));
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

  private List<ComparedSystem> baselines(double share, int seeds) {
    return List.of(
        new ComparedSystem(
            "copy-last-visit",
            "copy last visit",
            1,
            share,
            setting -> untrained(new CopyLastVisit(vocabulary(setting), knowledge))),
        new ComparedSystem(
            "frequent-drugs",
            "most frequent drugs per diagnosis",
            1,
            share,
            setting ->
                untrained(
                    new FrequentDrugs(
                        vocabulary(setting), knowledge, setting.patients().fineTuning()))),
        regression(false, share, seeds),
        regression(true, share, 1),
        new ComparedSystem(
            "retain",
            "RETAIN",
            seeds,
            share,
            setting ->
                fit(
                    setting,
                    new BaselineFitting.Candidates(RetainNetwork::new, List.of(rate(16, 5e-3f))))),
        new ComparedSystem(
            "transformer",
            "Transformer over visits",
            seeds,
            share,
            setting ->
                fit(
                    setting,
                    new BaselineFitting.Candidates(
                        VisitTransformerNetwork::new, List.of(rate(24, 3e-3f))))));
  }

  private ComparedSystem regression(boolean sameReason, double share, int seeds) {
    return new ComparedSystem(
        (sameReason ? "regression-same-reason" : "regression") + suffix(share),
        (sameReason
                ? "logistic regression with the drugs of the same reason"
                : "logistic regression")
            + of(share),
        seeds,
        share,
        setting ->
            fit(
                setting,
                new BaselineFitting.Candidates(
                    vocabulary -> new RegressionNetwork(vocabulary, sameReason),
                    List.of(regularised(share, 0), regularised(share, 0.01f)))));
  }

  /** Long enough that the last epochs no longer change the validation score. */
  private static Schedule regularised(double share, float weightDecay) {
    return share == 1
        ? new Schedule(24, MANY_TARGETS, 1e-2f, weightDecay, 0)
        : new Schedule(MOST_EPOCHS, FEW_TARGETS, 1e-2f, weightDecay, 0);
  }

  /** Rates of networks were chosen on validation patients beforehand, as MR-KPA's was. */
  private static Schedule rate(int epochs, float rate) {
    return new Schedule(epochs, MANY_TARGETS, rate, 0.01f, 0);
  }

  private Trained fit(Setting setting, BaselineFitting.Candidates candidates) {
    return new BaselineFitting(knowledge, setting).best(vocabulary(setting), candidates);
  }

  private Vocabulary vocabulary(Setting setting) {
    return MrKpaFitting.vocabulary(
        setting.patients(), knowledge, MrKpaRecipe.standard(1, 0, setting.seed()));
  }

  private static Trained untrained(RecordScorer scorer) {
    return new Trained(scorer, "", Optional.empty(), () -> {});
  }
}
