package org.medcue.training.fitting;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.medcue.clinical.Omission;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.fhir.CohortReading;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.nn.Torch;
import org.medcue.model.visits.Calibration;
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
import org.medcue.training.evaluation.EvaluationReport;
import org.medcue.training.evaluation.InteractionRule;
import org.medcue.training.evaluation.IsotonicFit;
import org.medcue.training.evaluation.ModelEvaluation;
import org.medcue.training.evaluation.ReportFolder;
import org.medcue.training.evaluation.ReportPlots;
import org.medcue.training.evaluation.SeedSummary;
import org.medcue.training.evaluation.VisitSubject;

/** Trains an MR-KPA version and writes its folder, complete or not at all. */
public final class MrKpaTraining {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

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
    Path out = options.out().toAbsolutePath();
    requireNewFolder(out);
    Path lockFile = out.resolveSibling(".training-" + out.getFileName() + ".lock");
    RunLock lock =
        RunLock.tryLock(lockFile)
            .orElseThrow(
                () ->
                    new TrainingException(
                        "another training writes " + out + ": wait for it or choose another"));
    try (lock) {
      return train(out);
    }
  }

  /** Whether an interrupted training lies beside the folder to write. */
  public boolean hasCheckpoint() {
    return Checkpoints.exist(unfinished(options.out().toAbsolutePath()));
  }

  private static Path unfinished(Path out) {
    return out.resolveSibling(".training-" + out.getFileName());
  }

  private Result train(Path out) {
    Path unfinished = unfinished(out);
    if (!options.resume() && Checkpoints.exist(unfinished)) {
      throw new TrainingException(
          "an unfinished training lies in "
              + unfinished
              + ": go on with --resume, or delete that folder to begin anew");
    }
    Checkpoints.requireOwnFolder(unfinished);
    CohortReading cohort = options.source().read(knowledge, progress);
    CohortParts parts = CohortParts.of(cohort, options.split());
    Checkpoints checkpoints = new Checkpoints(unfinished, fingerprint());
    MrKpaFitting fitting = new MrKpaFitting(knowledge, options.device(), progress);
    MrKpaFitting.Patients patients =
        new MrKpaFitting.Patients(parts.training(), parts.training(), parts.validation());
    try (MrKpaFitting.Fitted fitted = fitting.fit(options.recipe(), patients, checkpoints)) {
      Evaluated evaluated = evaluate(fitted.model(), cohort, parts);
      write(fitted.model(), evaluated, cohort, provenance(parts.training(), fitted.outcome()));
      checkpoints.clear();
      return new Result(evaluated.reports, fitted.outcome(), cohort.omissions());
    } catch (ModelException e) {
      checkpoints.clear(); // it diverged: to go on with the same options would end the same
      throw e;
    }
  }

  /** What goes into a version besides the weights. */
  private record Evaluated(
      ModelEvaluation reports, Calibration calibration, OrderableProducts products) {}

  private String fingerprint() {
    return String.join(
        " ",
        options.source().fingerprint(),
        options.split().toString(),
        knowledge.versions().toString(),
        options.recipe().toString());
  }

  /** Calibration and threshold come from validation patients, in this order. */
  private Evaluated evaluate(MrKpaModel model, CohortReading cohort, CohortParts parts) {
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
      List<Visit> visits = parts.training().stream().flatMap(p -> p.visits().stream()).toList();
      return new Evaluated(
          new ModelEvaluation(
              validation.report(reading.apply("validation")), test.report(reading.apply("test"))),
          calibration,
          OrderableProducts.of(visits, model.vocabulary(), knowledge.drugs()));
    }
  }

  /** Fails before hours of work rather than after. */
  private static void requireNewFolder(Path out) {
    if (Files.exists(out)) {
      throw new TrainingException(
          out + " exists already: a version is never overwritten, choose another number");
    }
    try {
      Files.createDirectories(out.getParent());
    } catch (IOException e) {
      throw new TrainingException("cannot create the folder " + out.getParent(), e);
    }
    if (!Files.isWritable(out.getParent())) {
      throw new TrainingException("cannot write to the folder " + out.getParent());
    }
  }

  private Map<String, String> provenance(List<PatientRecord> training, Fitting.Outcome outcome) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("created", clock.instant().toString());
    facts.put("dataFingerprint", options.source().fingerprint());
    facts.put("trainingPatients", String.valueOf(training.size()));
    facts.put("splitSeed", String.valueOf(options.split().seed()));
    facts.put("seed", String.valueOf(options.recipe().fineTuning().seed()));
    facts.put("recipe", JSON.valueToTree(options.recipe()).toString());
    facts.put("bestEpoch", String.valueOf(outcome.bestEpoch()));
    facts.put("java", Runtime.version().toString());
    facts.put("engine", Torch.version());
    return facts;
  }

  private void write(
      MrKpaModel model, Evaluated evaluated, CohortReading cohort, Map<String, String> provenance) {
    Path out = options.out().toAbsolutePath();
    String unfinished = ".partial-" + out.getFileName() + "-" + ProcessHandle.current().pid();
    Path partial = out.resolveSibling(unfinished);
    try {
      removeUnfinished(out);
      Files.createDirectory(partial);
      fill(partial, model, evaluated, cohort, provenance);
      Files.move(partial, out);
    } catch (IOException e) {
      delete(partial);
      throw new TrainingException("cannot write the version to " + out, e);
    }
  }

  private void fill(
      Path folder,
      MrKpaModel model,
      Evaluated evaluated,
      CohortReading cohort,
      Map<String, String> provenance)
      throws IOException {
    model.save(folder);
    Map<String, Object> dosages = new TreeMap<>();
    for (var entry : cohort.usualDosages().entrySet()) {
      dosages.put(entry.getKey().value(), JSON.readTree(entry.getValue()));
    }
    JSON.writeValue(folder.resolve(ModelFolder.DOSAGES).toFile(), dosages);
    evaluated.calibration.write(folder);
    evaluated.products.write(folder);
    ModelEvaluation evaluation = evaluated.reports;
    JSON.writeValue(folder.resolve(ReportFolder.EVALUATION).toFile(), evaluation);
    ReportPlots.write(folder, evaluation.test());
    ModelManifest draft = manifest(model, evaluation, provenance);
    String card =
        ModelCard.of(
            draft,
            CohortFigures.of(
                options.split().select(cohort.patients(), CohortSplit.Part.TRAIN),
                cohort.demographics()),
            evaluation,
            model.vocabulary().labelSpace(),
            model.vocabulary().labels().size(),
            options.compared());
    Files.writeString(folder.resolve("MODEL_CARD.md"), card);
    ModelFolder.seal(folder, draft);
  }

  /** Removes what a killed training of this version left while it wrote. */
  private static void removeUnfinished(Path out) throws IOException {
    try (Stream<Path> siblings = Files.list(out.resolveSibling("."))) {
      siblings
          .filter(
              s ->
                  s.getFileName()
                      .toString()
                      .matches(
                          "\\.partial-"
                              + Pattern.quote(String.valueOf(out.getFileName()))
                              + "-[0-9]+"))
          .forEach(MrKpaTraining::delete);
    }
  }

  /** Removes what an unfinished writing left; that it could not is not worth another error. */
  private static void delete(Path folder) {
    File[] files = folder.toFile().listFiles();
    for (File file : files == null ? new File[0] : files) {
      file.delete();
    }
    folder.toFile().delete();
  }

  private ModelManifest manifest(
      MrKpaModel model, ModelEvaluation evaluation, Map<String, String> provenance) {
    EvaluationReport validation = evaluation.validation();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("validation.sample.jaccard", validation.metrics().sample().jaccard());
    metrics.put(
        "validation.sample.prAuc", Objects.requireNonNull(validation.metrics().sample().prAuc()));
    metrics.put(
        "validation.copyLastVisit.sample.jaccard",
        validation.baselines().copyLastVisit().sample().jaccard());
    metrics.put("test.sample.jaccard", evaluation.test().metrics().sample().jaccard());
    return new ModelManifest(
        "mrkpa",
        String.valueOf(options.out().getFileName()),
        JSON.valueToTree(model.config()),
        knowledge.versions(),
        validation.threshold(),
        provenance,
        metrics,
        Map.of());
  }
}
