package org.medcue.training.fitting;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Visit;
import org.medcue.fhir.CohortReading;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelException;
import org.medcue.model.learning.Calibration;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.OrderableProducts;
import org.medcue.training.CohortParts;
import org.medcue.training.CohortSource;
import org.medcue.training.CohortSplit;
import org.medcue.training.Progress;
import org.medcue.training.RunLock;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.CohortSubjects;
import org.medcue.training.evaluation.Evaluation;
import org.medcue.training.evaluation.InteractionRule;
import org.medcue.training.evaluation.IsotonicFit;
import org.medcue.training.evaluation.ModelEvaluation;
import org.medcue.training.evaluation.SeedSummary;
import org.medcue.training.evaluation.VisitSubject;

/** Trains an MR-KPA version and writes its folder, complete or not at all. */
public final class MrKpaTraining {

  /**
   * @param source the cohort
   * @param out the version's folder, which must not exist yet
   * @param recipe how to train
   * @param split which patients are trained on
   * @param device where to compute
   * @param resume whether to go on from where a training of this folder was interrupted
   * @param interactions of drugs, for the report; empty where none are known
   * @param compared what a comparison of several seeds found, for the model card; may be empty
   */
  public record Options(
      CohortSource source,
      Path out,
      MrKpaRecipe recipe,
      CohortSplit split,
      DeviceChoice device,
      boolean resume,
      Optional<InteractionRule> interactions,
      List<SeedSummary> compared) {}

  /**
   * A version that was written.
   *
   * @param evaluation its {@code evaluation.json}
   * @param outcome how training went
   * @param omissions what of the cohort could not be read
   */
  public record Result(
      ModelEvaluation evaluation, Fitting.Outcome outcome, List<Omission> omissions) {}

  private final Options options;
  private final KnowledgeBase knowledge;
  private final Progress progress;
  private final Clock clock;

  public MrKpaTraining(Options options, KnowledgeBase knowledge, Progress progress, Clock clock) {
    this.options = options;
    this.knowledge = knowledge;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Trains, evaluates and writes.
   *
   * @return what was trained and how it scored
   * @throws TrainingException if the cohort has nothing to learn from, the folder exists, or an
   *     unfinished training lies there that was not asked to be resumed
   */
  public Result run() {
    RunLock lock = folder().begin(options.resume());
    try (lock) {
      return train();
    }
  }

  /** Whether an interrupted training lies beside the folder to write. */
  public boolean hasCheckpoint() {
    return folder().hasCheckpoint();
  }

  private VersionFolder folder() {
    return new VersionFolder(options.out());
  }

  private Result train() {
    CohortReading cohort = options.source().read(knowledge, progress);
    CohortParts parts = CohortParts.of(cohort, options.split());
    Checkpoints checkpoints =
        new Checkpoints(folder().unfinished(), TrainingInputs.of(options, knowledge));
    MrKpaFitting fitting = new MrKpaFitting(knowledge, options.device(), progress);
    MrKpaFitting.Patients patients =
        new MrKpaFitting.Patients(parts.training(), parts.training(), parts.validation());
    try (MrKpaFitting.Fitted fitted = fitting.fit(options.recipe(), patients, checkpoints)) {
      VersionWriter.Evaluated evaluated = evaluate(fitted.model(), cohort, parts);
      new VersionWriter(options, knowledge, clock)
          .write(fitted, evaluated, cohort, parts.training());
      checkpoints.clear();
      return new Result(evaluated.reports(), fitted.outcome(), cohort.omissions());
    } catch (ModelException e) {
      checkpoints.clear(); // it diverged: to go on with the same options would end the same
      throw e;
    }
  }

  /** Calibration and threshold come from validation patients, in this order. */
  private VersionWriter.Evaluated evaluate(
      MrKpaModel model, CohortReading cohort, CohortParts parts) {
    VisitSubject.Source subjects = new CohortSubjects(cohort.demographics());
    try (NetworkScorer scorer = new NetworkScorer(model, knowledge)) {
      Evaluation validation = new Evaluation(scorer, parts.validation(), subjects, progress);
      Calibration calibration = validation.fitCalibration();
      double threshold = validation.bestThreshold(calibration);
      Optional<IsotonicFit> isotonic = Optional.of(validation.fitIsotonic());
      Function<String, Evaluation.Reading> reading =
          part ->
              new Evaluation.Reading(
                  "mrkpa/" + options.out().getFileName(),
                  part,
                  threshold,
                  calibration,
                  isotonic,
                  options.interactions());
      Evaluation test = new Evaluation(scorer, parts.test(), subjects, progress);
      progress.finished(
          String.format(
              Locale.ROOT,
              "evaluated %,d validation and %,d test patients",
              parts.validation().size(),
              parts.test().size()));
      List<Visit> visits = parts.training().stream().flatMap(p -> p.visits().stream()).toList();
      OrderableProducts products =
          OrderableProducts.of(visits, model.vocabulary(), knowledge.drugs());
      ModelEvaluation reports =
          new ModelEvaluation(
              validation.report(reading.apply("validation")), test.report(reading.apply("test")));
      TrainingProfile profile =
          new VisitProfile(scorer, calibration, products)
              .of(parts.training(), reports.validation(), progress);
      return new VersionWriter.Evaluated(reports, calibration, products, profile);
    }
  }
}
