package org.medcue.training.fitting;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.medcue.clinical.PatientRecord;
import org.medcue.fhir.CohortReading;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.SourceAttributes;
import org.medcue.model.learning.Calibration;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.MrKpaPredictor;
import org.medcue.model.nn.Torch;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.model.versions.ExampleInputs;
import org.medcue.model.versions.GoldenExamples;
import org.medcue.model.versions.VersionDosages;
import org.medcue.model.visits.OrderableProducts;
import org.medcue.model.visits.Vocabulary;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.EvaluationReport;
import org.medcue.training.evaluation.ModelEvaluation;
import org.medcue.training.evaluation.ReportFolder;
import org.medcue.training.evaluation.ReportPlots;

/** Writes the folder of an MR-KPA version, complete or not at all. */
final class VersionWriter {

  /** Figures of each epoch. */
  static final String TRAINING = "training.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** What goes into a version besides what was fitted. */
  record Evaluated(
      ModelEvaluation reports,
      Calibration calibration,
      OrderableProducts products,
      TrainingProfile profile) {}

  /** The file of how a training went. */
  private record History(int bestEpoch, List<EpochFigures> epochs) {}

  private final MrKpaTraining.Options options;
  private final KnowledgeBase knowledge;
  private final Clock clock;

  VersionWriter(MrKpaTraining.Options options, KnowledgeBase knowledge, Clock clock) {
    this.options = options;
    this.knowledge = knowledge;
    this.clock = clock;
  }

  /**
   * Writes a version.
   *
   * @param training the patients learned from
   * @throws TrainingException if it cannot be written; then nothing is left of it
   */
  void write(
      MrKpaFitting.Fitted fitted,
      Evaluated evaluated,
      CohortReading cohort,
      List<PatientRecord> training) {
    ModelManifest draft =
        manifest(fitted.model(), evaluated.reports, provenance(training.size(), fitted.outcome()));
    new VersionFolder(options.out())
        .write(
            draft,
            partial -> {
              fill(partial, fitted, evaluated, cohort);
              Files.writeString(
                  partial.resolve(SourceAttributes.CARD),
                  card(draft, fitted.model(), evaluated, cohort, training));
            },
            this::writeExamples);
  }

  /** By the version as its folder holds it, on a CPU wherever it was trained. */
  private void writeExamples(ModelFolder written) throws IOException {
    try (MrKpaPredictor predictor = MrKpaPredictor.load(written, knowledge)) {
      Vocabulary vocabulary = written.read(MrKpaModel.VOCABULARY, Vocabulary.class);
      GoldenExamples.write(written.path(), predictor, ExampleInputs.visits(vocabulary));
    }
  }

  private Map<String, String> provenance(int trainingPatients, Fitting.Outcome outcome) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("created", clock.instant().toString());
    facts.put("dataFingerprint", options.source().fingerprint());
    facts.put("trainingPatients", String.valueOf(trainingPatients));
    facts.put("splitSeed", String.valueOf(options.split().seed()));
    facts.put("seed", String.valueOf(options.recipe().fineTuning().seed()));
    facts.put("recipe", JSON.valueToTree(options.recipe()).toString());
    facts.put("bestEpoch", String.valueOf(outcome.bestEpoch()));
    facts.put("java", Runtime.version().toString());
    facts.put("engine", Torch.version());
    return facts;
  }

  private void fill(
      Path folder, MrKpaFitting.Fitted fitted, Evaluated evaluated, CohortReading cohort)
      throws IOException {
    MrKpaModel model = fitted.model();
    model.save(folder);
    History history = new History(fitted.outcome().bestEpoch(), fitted.outcome().history());
    JSON.writeValue(folder.resolve(TRAINING).toFile(), history);
    VersionDosages.write(folder, cohort.usualDosages());
    evaluated.calibration.write(folder);
    evaluated.products.write(folder);
    evaluated.profile.write(folder);
    ModelEvaluation evaluation = evaluated.reports;
    JSON.writeValue(folder.resolve(ReportFolder.EVALUATION).toFile(), evaluation);
    ReportPlots.write(folder, evaluation.test());
  }

  private String card(
      ModelManifest draft,
      MrKpaModel model,
      Evaluated evaluated,
      CohortReading cohort,
      List<PatientRecord> training) {
    return ModelCard.of(
        draft,
        CohortFigures.of(training, cohort.demographics()),
        evaluated.reports,
        model.vocabulary().labelSpace(),
        model.vocabulary().labels().size(),
        options.compared());
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
