package org.medcue.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Omission;
import org.medcue.clinical.PatientRecord;
import org.medcue.fhir.CohortReading;
import org.medcue.knowledge.InteractionTable;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.learning.Calibration;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.RecordScorer;
import org.medcue.training.CohortSplit;
import org.medcue.training.evaluation.CohortSubjects;
import org.medcue.training.evaluation.Evaluation;
import org.medcue.training.evaluation.EvaluationReport;
import org.medcue.training.evaluation.ReportFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Evaluates a model version. */
@Command(
    name = "evaluate",
    description = "Score a model version on a cohort or on dialogues.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "MODEL",
    subcommands = {EvaluateCommand.MrKpa.class, EvaluateDdnCommand.class})
final class EvaluateCommand {

  /** Which patients of the cohort are scored. */
  enum Part {
    all,
    train,
    validation,
    test
  }

  /** Evaluates MR-KPA. */
  @Command(
      name = "mrkpa",
      description = {
        "Score an MR-KPA version and copy-last-visit on the same visits.",
        "Scored are visits with at least one drug order and an earlier visit with one."
      },
      mixinStandardHelpOptions = true)
  static final class MrKpa implements Callable<Integer> {

    private static final JsonMapper JSON =
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Mixin private CohortOptions cohort = new CohortOptions();

    @Option(
        names = "--model",
        required = true,
        paramLabel = "DIR",
        description = "Folder of the version, such as model-registry/mrkpa/2.1.0.")
    private @Nullable Path model;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON too.")
    private @Nullable Path json;

    @Option(
        names = "--report",
        paramLabel = "DIR",
        description = "Write evaluation.json and plots (PNG) into this folder too.")
    private @Nullable Path reportFolder;

    @Option(
        names = "--part",
        defaultValue = "all",
        description =
            "Patients to score: ${COMPLETION-CANDIDATES}, the latter three by the split that the"
                + " version was trained with; default: ${DEFAULT-VALUE}.")
    private Part part = Part.all;

    @Override
    public Integer call() {
      requireFolderOfReport();
      makeReportFolder();
      ModelFolder folder = ModelFolder.open(Objects.requireNonNull(model));
      ModelManifest manifest = folder.manifest();
      KnowledgeBase knowledge = cohort.knowledge(manifest.knowledge());
      EvaluationReport report;
      String fingerprint;
      List<Omission> omissions;
      try (ConsoleProgress progress = new ConsoleProgress("Evaluating");
          MrKpaModel trained = MrKpaModel.load(folder);
          RecordScorer scorer = new NetworkScorer(trained, knowledge)) {
        CohortReading reading = cohort.source().read(knowledge, progress);
        fingerprint = cohort.source().fingerprint();
        List<PatientRecord> patients = select(reading.patients(), manifest);
        report =
            new Evaluation(scorer, patients, new CohortSubjects(reading.demographics()), progress)
                .report(
                    new Evaluation.Reading(
                        manifest.model() + "/" + manifest.version(),
                        part.name(),
                        manifest.threshold(),
                        Calibration.of(folder),
                        Optional.empty(),
                        cohort.interactions(
                            InteractionTable.bundled(),
                            knowledge,
                            trained.vocabulary().labelSpace()),
                        EvaluationCaution.of(part, manifest, fingerprint)));
        omissions = reading.omissions();
      }
      if (report.visits() == 0) {
        throw new CommandException(
            "the cohort has no usable visit: nobody has two visits with drug orders");
      }
      System.out.println(ReportLines.of(report));
      System.out.print(ReportLines.of(omissions));
      printNotes(report, EvaluationCaution.isTrainedFrom(manifest, fingerprint));
      write(report);
      return 0;
    }

    private List<PatientRecord> select(List<PatientRecord> patients, ModelManifest manifest) {
      if (part == Part.all) {
        return patients;
      }
      String seed = manifest.provenance().get("splitSeed");
      if (seed == null) {
        throw new CommandException(
            "the manifest of " + model + " states no splitSeed: only --part all can be scored");
      }
      CohortSplit split = new CohortSplit(Long.parseLong(seed));
      return split.select(patients, CohortSplit.Part.valueOf(part.name().toUpperCase(Locale.ROOT)));
    }

    private void printNotes(EvaluationReport report, boolean sameCohort) {
      if (report.caution() != null) {
        System.out.println("Caution: " + report.caution() + ".");
      }
      if (part != Part.all && !sameCohort) {
        System.out.println(
            "Note: this is not the cohort, in this form, that the version was trained from; its"
                + " parts are those of the same split only for patients that both have under the"
                + " same identifier.");
      }
    }

    /** Fails before the work rather than after. */
    private void requireFolderOfReport() {
      if (json == null) {
        return;
      }
      Path parent = json.toAbsolutePath().getParent();
      if (Files.isDirectory(json) || parent == null || !Files.isWritable(parent)) {
        throw new CommandException("cannot write " + json + ": does its folder exist?");
      }
    }

    /** Fails before the work rather than after. */
    private void makeReportFolder() {
      if (reportFolder == null) {
        return;
      }
      try {
        Files.createDirectories(reportFolder);
      } catch (IOException e) {
        throw new CommandException("cannot make the folder " + reportFolder + " for the report", e);
      }
    }

    private void write(EvaluationReport report) {
      if (reportFolder != null) {
        ReportFolder.write(reportFolder, report)
            .ifPresent(reason -> System.out.println("Note: " + reason));
      }
      if (json == null) {
        return;
      }
      try {
        JSON.writeValue(json.toFile(), report);
      } catch (IOException e) {
        throw new CommandException("cannot write " + json + ": does its folder exist?", e);
      }
    }
  }
}
