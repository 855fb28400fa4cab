package org.medcue.training.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.VisitModel;
import org.medcue.model.visits.VisitNetwork;
import org.medcue.model.visits.Vocabulary;
import org.medcue.training.comparison.ComparedSystem.Setting;
import org.medcue.training.comparison.ComparedSystem.Trained;
import org.medcue.training.fitting.Fitting;
import org.medcue.training.fitting.VisitValidation;

/** Trains a baseline with each of a few schedules and keeps the one best on validation patients. */
final class BaselineFitting {

  /**
   * @param network makes the network
   * @param schedules to choose from; their seeds are replaced by the run's
   */
  record Candidates(Function<Vocabulary, VisitNetwork> network, List<Schedule> schedules) {}

  private static final Fitting.Plan PLAN = new Fitting.Plan(1, 8);

  private final KnowledgeBase knowledge;
  private final Setting setting;

  BaselineFitting(KnowledgeBase knowledge, Setting setting) {
    this.knowledge = knowledge;
    this.setting = setting;
  }

  Trained best(Vocabulary vocabulary, Candidates candidates) {
    @Nullable Trained best = null;
    for (Schedule schedule : candidates.schedules()) {
      Trained trained = fit(vocabulary, candidates.network(), schedule);
      if (best == null || prAuc(trained) > prAuc(best)) {
        close(best);
        best = trained;
      } else {
        close(trained);
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("no schedule to choose from");
    }
    return best;
  }

  private static double prAuc(Trained trained) {
    return trained.outcome().orElseThrow().validationPrAuc();
  }

  private static void close(@Nullable Trained trained) {
    if (trained != null) {
      trained.close();
    }
  }

  private Trained fit(
      Vocabulary vocabulary, Function<Vocabulary, VisitNetwork> network, Schedule chosen) {
    Schedule schedule = chosen.withSeed(setting.seed());
    VisitModel model =
        VisitModel.initialise(
            vocabulary, network.apply(vocabulary), setting.seed(), DeviceChoice.CPU);
    try (FineTuning tuning =
        new FineTuning(model, knowledge, setting.patients().fineTuning(), schedule)) {
      Fitting.Outcome outcome =
          new Fitting(
                  model,
                  null,
                  tuning,
                  PLAN,
                  () -> VisitValidation.prAuc(model, setting.patients().validation(), knowledge),
                  null,
                  setting.progress())
              .run();
      String words =
          String.format(
              Locale.ROOT,
              "rate %s, weight decay %s, epoch %d of %d",
              schedule.learningRate(),
              schedule.weightDecay(),
              outcome.bestEpoch(),
              outcome.epochs());
      return new Trained(
          new NetworkScorer(model, knowledge), words, Optional.of(outcome), model::close);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }
}
