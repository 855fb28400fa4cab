package org.medcue.training.comparison;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.baseline.CopyLastVisit;
import org.medcue.model.baseline.FrequentDrugs;
import org.medcue.model.baseline.RegressionNetwork;
import org.medcue.model.baseline.RetainNetwork;
import org.medcue.model.baseline.VisitTransformerNetwork;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.model.visits.LabelSpace;
import org.medcue.model.visits.RecordScorer;
import org.medcue.model.visits.Vocabulary;
import org.medcue.training.comparison.ComparedSystem.Setting;
import org.medcue.training.comparison.ComparedSystem.Trained;

/** The baselines of the comparison and their schedules. */
final class ComparedBaselines {

  /** The key of copying, which a seed does not change. */
  static final String COPYING = "copy-last-visit";

  private static final int MANY_TARGETS = 128;
  private static final int EPOCHS_TO_CONVERGE = 24;

  private final KnowledgeBase knowledge;

  ComparedBaselines(KnowledgeBase knowledge) {
    this.knowledge = knowledge;
  }

  /** All baselines that learn from all patients, with so many seeds where there is chance. */
  List<ComparedSystem> all(int seeds) {
    return List.of(
        untrained(
            COPYING,
            "copy last visit",
            setting -> new CopyLastVisit(vocabulary(setting), knowledge)),
        untrained(
            "frequent-drugs",
            "most frequent drugs per diagnosis",
            setting ->
                new FrequentDrugs(vocabulary(setting), knowledge, setting.patients().fineTuning())),
        regression(1, seeds),
        trained(
            "regression-same-reason",
            "logistic regression with the drugs of the last visit of the same reason",
            1,
            new BaselineFitting.Candidates(
                vocabulary -> new RegressionNetwork(vocabulary, true),
                regularised(EPOCHS_TO_CONVERGE, MANY_TARGETS))),
        trained(
            "retain",
            "RETAIN (last 32 visits)",
            seeds,
            new BaselineFitting.Candidates(RetainNetwork::new, rate(16, 5e-3f))),
        trained(
            "transformer",
            "Transformer over visits (last 32)",
            seeds,
            new BaselineFitting.Candidates(VisitTransformerNetwork::new, rate(24, 3e-3f))));
  }

  /** Logistic regression on a share of the patients. */
  ComparedSystem regression(double share, int seeds) {
    BaselineFitting.Candidates candidates =
        new BaselineFitting.Candidates(
            vocabulary -> new RegressionNetwork(vocabulary, false),
            share == 1
                ? regularised(EPOCHS_TO_CONVERGE, MANY_TARGETS)
                : regularised(ComparedSystems.MOST_EPOCHS, ComparedSystems.FEW_TARGETS));
    return new ComparedSystem(
        "regression" + ComparedSystems.suffix(share),
        "logistic regression" + ComparedSystems.of(share),
        seeds,
        share,
        candidates.schedules().toString(),
        setting -> fit(setting, candidates));
  }

  /** Shows that the regression has converged: more steps add nothing. */
  ComparedSystem regressionForTwiceAsLong() {
    return trained(
        "regression-twice-as-long",
        "logistic regression, twice the epochs",
        1,
        new BaselineFitting.Candidates(
            vocabulary -> new RegressionNetwork(vocabulary, false),
            regularised(2 * EPOCHS_TO_CONVERGE, MANY_TARGETS)));
  }

  /** The strength of regularisation is chosen on validation patients. */
  private static List<Schedule> regularised(int epochs, int batch) {
    return List.of(
        new Schedule(epochs, batch, 1e-2f, 0, 0),
        new Schedule(epochs, batch, 1e-2f, 0.01f, 0),
        new Schedule(epochs, batch, 1e-2f, 0.1f, 0));
  }

  /** Rates of networks were chosen on validation patients beforehand, as MR-KPA's was. */
  private static List<Schedule> rate(int epochs, float rate) {
    return List.of(new Schedule(epochs, MANY_TARGETS, rate, 0.01f, 0));
  }

  private ComparedSystem trained(
      String key, String title, int seeds, BaselineFitting.Candidates candidates) {
    return new ComparedSystem(
        key,
        title,
        seeds,
        1,
        candidates.schedules().toString(),
        setting -> fit(setting, candidates));
  }

  private static ComparedSystem untrained(
      String key, String title, Function<Setting, RecordScorer> scorer) {
    return new ComparedSystem(
        key,
        title,
        1,
        1,
        ComparedSystem.NO_CHANCE,
        setting -> new Trained(scorer.apply(setting), "", Optional.empty(), () -> {}));
  }

  private Trained fit(Setting setting, BaselineFitting.Candidates candidates) {
    return new BaselineFitting(knowledge, setting).best(vocabulary(setting), candidates);
  }

  private Vocabulary vocabulary(Setting setting) {
    return Vocabulary.of(setting.patients().visits(), knowledge, LabelSpace.PRODUCT, true);
  }
}
