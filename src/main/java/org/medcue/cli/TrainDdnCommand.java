package org.medcue.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.training.dialogue.DdnEvaluation;
import org.medcue.training.dialogue.DdnTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains DDN. */
@Command(
    name = "ddn",
    description = {
      "Train DDN on dialogues and write a version's folder.",
      "Temperature and thresholds come from five-fold cross-validation, the weights from all"
          + " dialogues: six fits, each some fifteen minutes on one core."
    },
    mixinStandardHelpOptions = true)
final class TrainDdnCommand implements Callable<Integer> {

  @Mixin private DialogueOptions dialogues = new DialogueOptions();
  @Mixin private KnowledgeOptions builtOn = new KnowledgeOptions();
  @Mixin private EncoderOptions encoder = new EncoderOptions();

  @Option(
      names = "--also",
      paramLabel = "FILE",
      description =
          "Further dialogues to fit the version on, which neither a threshold nor a figure is of;"
              + " may be given more than once.")
  private List<Path> also = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write, such as model-registry/ddn/1.2.0; must not exist.")
  private @Nullable Path out;

  @Option(
      names = "--comparison",
      paramLabel = "DIR",
      defaultValue = "comparison-ddn",
      description =
          "Folder of medcue compare ddn, whose folds of DDN are used; those that are missing are"
              + " done first and kept there; default: ${DEFAULT-VALUE}.")
  private Path comparison = Path.of("comparison-ddn");

  @Option(
      names = "--resume",
      description = "Go on where an interrupted training of this folder was.")
  private boolean resume;

  @Override
  public Integer call() {
    Path folder = Objects.requireNonNull(out);
    CohortOptions.requireNamed(
        "--out", folder, "the folder to write, such as model-registry/ddn/1.2.0");
    DdnEvaluation evaluation;
    try (ConsoleProgress progress = new ConsoleProgress("Training ddn")) {
      DdnTraining training =
          new DdnTraining(
              new DdnTraining.Options(
                  dialogues.dialogues(), also, folder, comparison, encoder.network(), resume),
              dialogues.knowledge(builtOn.inPlaceOf(DialogueKnowledge.bundled())),
              progress,
              Clock.systemUTC());
      if (resume && !training.hasCheckpoint()) {
        System.err.println("Nothing to resume beside " + out + ": beginning anew.");
      }
      ResumeHint hint = ResumeHint.onInterruption(training::hasCheckpoint);
      try (hint) {
        evaluation = training.run();
      }
    }
    System.out.println(DialogueReportLines.of(evaluation.clinical()));
    System.out.println(DialogueReportLines.of(evaluation.paper()));
    System.out.println("Written: " + out);
    return 0;
  }
}
