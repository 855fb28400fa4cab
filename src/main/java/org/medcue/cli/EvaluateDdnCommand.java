package org.medcue.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.ddn.Ddn;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.training.dialogue.DdnScorer;
import org.medcue.training.dialogue.Decisions;
import org.medcue.training.dialogue.DialogueFile;
import org.medcue.training.dialogue.DialoguePlots;
import org.medcue.training.dialogue.DialogueReport;
import org.medcue.training.dialogue.FeasibilityCurve;
import org.medcue.training.dialogue.FittedOn;
import org.medcue.training.dialogue.LabelledDialogue;
import org.medcue.training.dialogue.Protocol;
import org.medcue.training.dialogue.ScoredDialogue;
import org.medcue.training.dialogue.ScoredFold;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Evaluates DDN. */
@Command(
    name = "ddn",
    description = {
      "Score a DDN version on dialogues whose recommended drugs are masked.",
      "Scored are dialogues with at least one recommended drug; a drug that the model does not know"
          + " counts as missed."
    },
    mixinStandardHelpOptions = true)
final class EvaluateDdnCommand implements Callable<Integer> {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Mixin private DialogueOptions dialogues = new DialogueOptions();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the version, such as model-registry/ddn/1.1.0.")
  private @Nullable Path model;

  @Option(
      names = "--protocol",
      defaultValue = "clinical",
      paramLabel = "PROTOCOL",
      description =
          "clinical: what was said before the first mark; paper: all, with the marks; default:"
              + " ${DEFAULT-VALUE}.")
  private Protocol protocol = Protocol.CLINICAL;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON too.")
  private @Nullable Path json;

  @Option(
      names = "--feasibility",
      paramLabel = "DIR",
      description =
          "Score the first 20, 40, ... 100 %% of each talk too, under the clinical protocol, and"
              + " write feasibility.json and feasibility.png into this folder.")
  private @Nullable Path feasibility;

  @Option(
      names = "--case",
      paramLabel = "LINE",
      description =
          "Show one dialogue of the file, by its line, under the clinical protocol: what was said,"
              + " what was predicted, which utterances spoke for it; score none. Shows patient"
              + " content.")
  private @Nullable Integer shown;

  @Override
  public Integer call() throws IOException {
    requireUsableOptions();
    ModelFolder folder = ModelFolder.open(Objects.requireNonNull(model));
    ModelManifest manifest = folder.manifest();
    if (!manifest.model().equals("ddn")) {
      throw new CommandException(
          folder.path() + " holds a version of " + manifest.model() + ": name one of ddn");
    }
    DialogueKnowledge knowledge = dialogues.knowledge(manifest.knowledge());
    Decisions decisions = Decisions.of(folder);
    List<LabelledDialogue> read = DialogueFile.read(dialogues.dialogues(), knowledge);
    try (Ddn ddn = Ddn.load(folder, knowledge, DeviceChoice.AUTO)) {
      if (shown != null) {
        System.out.print(DialogueCase.of(line(read), ddn, knowledge, decisions.clinical()));
        return 0;
      }
      report(folder, ddn, decisions, read);
    }
    return 0;
  }

  private void report(ModelFolder folder, Ddn ddn, Decisions decisions, List<LabelledDialogue> read)
      throws IOException {
    ModelManifest manifest = folder.manifest();
    DdnScorer scorer = new DdnScorer(ddn);
    List<ScoredDialogue> scored;
    try (ConsoleProgress progress = new ConsoleProgress("Evaluating")) {
      scored = ScoredDialogue.all(read, protocol, scorer, progress);
    }
    if (scored.isEmpty()) {
      throw new CommandException(
          dialogues.dialogues() + " holds no dialogue with a recommended drug");
    }
    DialogueReport report =
        DialogueReport.of(
            manifest.model() + "/" + manifest.version(),
            protocol,
            List.of(new ScoredFold(decisions.under(protocol), scored)),
            caution(FittedOn.of(folder), read));
    System.out.println(DialogueReportLines.of(report));
    if (report.caution() != null) {
      System.out.println("Caution: " + report.caution() + ".");
    }
    if (json != null) {
      JSON.writeValue(json.toFile(), report);
    }
    if (feasibility != null) {
      feasibility(scorer, read, decisions);
    }
  }

  private void feasibility(DdnScorer scorer, List<LabelledDialogue> read, Decisions decisions)
      throws IOException {
    Path folder = Objects.requireNonNull(feasibility);
    FeasibilityCurve curve = FeasibilityCurve.of(scorer, read, decisions.clinical());
    System.out.println(DialogueReportLines.of(curve));
    JSON.writeValue(folder.resolve("feasibility.json").toFile(), curve);
    DialoguePlots.write(folder, curve).ifPresent(why -> System.out.println("Note: " + why));
  }

  private static @Nullable String caution(FittedOn fittedOn, List<LabelledDialogue> read) {
    int known = fittedOn.among(read);
    return known == 0
        ? null
        : known
            + " of these "
            + read.size()
            + " dialogues are among those that the version was fitted on, so the figures flatter it";
  }

  private LabelledDialogue line(List<LabelledDialogue> read) {
    int line = Objects.requireNonNull(shown);
    return read.stream()
        .filter(dialogue -> dialogue.id().endsWith(":" + line))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    String.format(
                        Locale.ROOT,
                        "%s has no dialogue on line %d",
                        dialogues.dialogues(),
                        line)));
  }

  /** Fails before the work rather than after. */
  private void requireUsableOptions() throws IOException {
    if (shown != null && (json != null || feasibility != null || protocol != Protocol.CLINICAL)) {
      throw new CommandException(
          "--case scores nothing: leave --json, --feasibility and --protocol out, or --case");
    }
    if (json != null) {
      Path parent = json.toAbsolutePath().getParent();
      if (Files.isDirectory(json) || parent == null || !Files.isWritable(parent)) {
        throw new CommandException("cannot write " + json + ": does its folder exist?");
      }
    }
    if (feasibility != null) {
      Files.createDirectories(feasibility);
    }
  }
}
