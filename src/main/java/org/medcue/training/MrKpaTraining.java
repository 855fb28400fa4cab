package org.medcue.training;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.fhir.CohortReading;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.nn.Torch;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.LabelSpace;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.TrainingPhase;
import org.medcue.model.visits.Vocabulary;
import org.medcue.model.visits.WeightSnapshot;

/** Trains an MR-KPA version and writes its folder, complete or not at all. */
public final class MrKpaTraining {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * @param source the cohort
   * @param out the version's folder, which must not exist yet
   * @param config the network
   * @param schedule epochs, rates and the seed of weights and order
   * @param split which patients are trained on
   */
  public record Options(
      CohortSource source,
      Path out,
      MrKpaConfig config,
      TrainingPhase.Schedule schedule,
      CohortSplit split) {}

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
   * @return the evaluation of the version written
   * @throws TrainingException if the cohort has nothing to learn from or the folder exists
   */
  public ModelEvaluation run() {
    requireNewFolder(options.out().toAbsolutePath());
    CohortReading cohort = options.source().read(knowledge, progress);
    CohortSplit split = options.split();
    List<PatientRecord> training = part(split, cohort, CohortSplit.Part.TRAIN);
    List<PatientRecord> validation = part(split, cohort, CohortSplit.Part.VALIDATION);
    List<PatientRecord> test = part(split, cohort, CohortSplit.Part.TEST);

    List<Visit> visits = training.stream().flatMap(p -> p.visits().stream()).toList();
    Vocabulary vocabulary = Vocabulary.of(visits, knowledge, LabelSpace.PRODUCT, true);
    MrKpaModel model =
        MrKpaModel.initialise(options.config(), vocabulary, options.schedule().seed());
    try (model) {
      int bestEpoch = fit(model, training, validation);
      ModelEvaluation evaluation = evaluate(model, validation, test);
      write(model, evaluation, cohort, provenance(training.size(), bestEpoch, split));
      return evaluation;
    }
  }

  private ModelEvaluation evaluate(
      MrKpaModel model, List<PatientRecord> validation, List<PatientRecord> test) {
    try (NetworkScorer predictor = new NetworkScorer(model, knowledge)) {
      Evaluation onValidation = new Evaluation(predictor, validation, progress);
      double threshold = onValidation.bestThreshold();
      String name = "mrkpa/" + options.out().getFileName();
      return new ModelEvaluation(
          onValidation.report(name, "validation", threshold),
          new Evaluation(predictor, test, progress).report(name, "test", threshold));
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

  private static List<PatientRecord> part(
      CohortSplit split, CohortReading cohort, CohortSplit.Part part) {
    List<PatientRecord> patients = split.select(cohort.patients(), part);
    boolean scored =
        patients.stream()
            .anyMatch(
                p -> {
                  for (int i = 0; i < p.visits().size(); i++) {
                    if (p.isScored(i)) {
                      return true;
                    }
                  }
                  return false;
                });
    if (!scored) {
      throw new TrainingException(
          "the "
              + part.name().toLowerCase(Locale.ROOT)
              + " part has no usable visit: none of its "
              + patients.size()
              + " patients has two visits with drug orders; give a larger cohort");
    }
    return patients;
  }

  /** Trains all epochs and leaves the model with the weights of the best one. */
  private int fit(MrKpaModel model, List<PatientRecord> training, List<PatientRecord> validation) {
    try (FineTuning tuning = new FineTuning(model, knowledge, training, options.schedule())) {
      return fit(model, tuning, validation);
    }
  }

  private int fit(MrKpaModel model, FineTuning tuning, List<PatientRecord> validation) {
    int epochs = options.schedule().epochs();
    int bestEpoch = 0;
    double best = -1;
    WeightSnapshot bestWeights = WeightSnapshot.of(model);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      String label =
          String.format(Locale.ROOT, "epoch %d/%d", epoch, epochs)
              + (epoch == 1 ? "" : String.format(Locale.ROOT, ", best PR-AUC %.4f", best));
      int done = epoch - 1;
      tuning.epoch(
          epoch,
          (step, steps, loss) ->
              progress.update(
                  label + String.format(Locale.ROOT, ", loss %.3f", loss),
                  (long) done * steps + step,
                  (long) epochs * steps));
      double prAuc = prAuc(model, validation);
      if (prAuc > best) {
        best = prAuc;
        bestEpoch = epoch;
        bestWeights = WeightSnapshot.of(model);
      }
    }
    bestWeights.restoreTo(model);
    return bestEpoch;
  }

  private double prAuc(MrKpaModel model, List<PatientRecord> validation) {
    try (NetworkScorer predictor = new NetworkScorer(model, knowledge)) {
      return new Evaluation(predictor, validation, (what, done, total) -> {}).prAuc();
    }
  }

  private Map<String, String> provenance(int patients, int bestEpoch, CohortSplit split) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("created", clock.instant().toString());
    facts.put("dataFingerprint", options.source().fingerprint());
    facts.put("trainingPatients", String.valueOf(patients));
    facts.put("splitSeed", String.valueOf(split.seed()));
    facts.put("seed", String.valueOf(options.schedule().seed()));
    facts.put("schedule", options.schedule().toString());
    facts.put("bestEpoch", String.valueOf(bestEpoch));
    facts.put("java", Runtime.version().toString());
    facts.put("engine", Torch.version());
    return facts;
  }

  private void write(
      MrKpaModel model,
      ModelEvaluation evaluation,
      CohortReading cohort,
      Map<String, String> provenance) {
    Path out = options.out().toAbsolutePath();
    String unfinished = ".partial-" + out.getFileName() + "-" + ProcessHandle.current().pid();
    Path partial = out.resolveSibling(unfinished);
    try {
      Files.createDirectory(partial);
      fill(partial, model, evaluation, cohort, provenance);
      Files.move(partial, out);
    } catch (IOException e) {
      delete(partial);
      throw new TrainingException("cannot write the version to " + out, e);
    }
  }

  private void fill(
      Path folder,
      MrKpaModel model,
      ModelEvaluation evaluation,
      CohortReading cohort,
      Map<String, String> provenance)
      throws IOException {
    model.save(folder);
    Map<String, Object> dosages = new TreeMap<>();
    for (var entry : cohort.usualDosages().entrySet()) {
      dosages.put(entry.getKey().value(), JSON.readTree(entry.getValue()));
    }
    JSON.writeValue(folder.resolve(ModelFolder.DOSAGES).toFile(), dosages);
    JSON.writeValue(folder.resolve("evaluation.json").toFile(), evaluation);
    ModelManifest draft = manifest(evaluation, provenance);
    String card = ModelCard.of(draft, evaluation, model.vocabulary().labels().size());
    Files.writeString(folder.resolve("MODEL_CARD.md"), card);
    ModelFolder.seal(folder, draft);
  }

  /** Removes what an unfinished writing left; that it could not is not worth another error. */
  private static void delete(Path folder) {
    File[] files = folder.toFile().listFiles();
    for (File file : files == null ? new File[0] : files) {
      file.delete();
    }
    folder.toFile().delete();
  }

  private ModelManifest manifest(ModelEvaluation evaluation, Map<String, String> provenance) {
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
        JSON.valueToTree(options.config()),
        knowledge.versions(),
        validation.threshold(),
        provenance,
        metrics,
        Map.of());
  }
}
