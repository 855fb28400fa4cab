package org.medcue.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.InteractionTable;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.training.CohortSplit;
import org.medcue.training.comparison.ComparisonTable;
import org.medcue.training.fitting.MrKpaTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model version. */
@Command(
    name = "train",
    description = "Train a model version from a cohort or from dialogues.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "MODEL",
    subcommands = {TrainCommand.MrKpa.class, TrainDdnCommand.class})
final class TrainCommand {

  /** Trains MR-KPA. */
  @Command(
      name = "mrkpa",
      description = {
        "Train MR-KPA on visits and write a version's folder.",
        "Patients are split 70:15:15 by the split seed; the best epoch and the threshold are chosen on"
            + " the second part."
      },
      mixinStandardHelpOptions = true)
  static final class MrKpa implements Callable<Integer> {

    @Mixin private CohortOptions cohort = new CohortOptions();
    @Mixin private KnowledgeOptions builtOn = new KnowledgeOptions();

    @Option(
        names = "--out",
        required = true,
        paramLabel = "DIR",
        description = "Folder to write, such as model-registry/mrkpa/2.2.0; must not exist.")
    private @Nullable Path out;

    @Mixin private RecipeOptions recipe = new RecipeOptions();

    @Option(
        names = "--split-seed",
        paramLabel = "N",
        defaultValue = "" + CohortSplit.STANDARD_SEED,
        description =
            "Seed of the split of patients, the same for versions to be compared; default:"
                + " ${DEFAULT-VALUE}.")
    private long splitSeed;

    @Option(
        names = "--device",
        paramLabel = "DEVICE",
        converter = DeviceConverter.class,
        defaultValue = "auto",
        description = "auto, cpu, gpu, or gpu:1 for the second; default: ${DEFAULT-VALUE}.")
    private DeviceChoice device = DeviceChoice.AUTO;

    @Option(
        names = "--resume",
        description = "Go on where an interrupted training of this folder was.")
    private boolean resume;

    @Option(
        names = "--comparison",
        paramLabel = "DIR",
        description = "Folder that medcue compare wrote, whose figures go into the model card.")
    private @Nullable Path comparison;

    @Override
    public Integer call() {
      Path folder = Objects.requireNonNull(out);
      CohortOptions.requireNamed(
          "--out", folder, "the folder to write, such as model-registry/mrkpa/2.2.0");
      List<KnowledgeVersion> table = List.of(InteractionTable.bundled());
      List<KnowledgeVersion> versions =
          builtOn.inPlaceOf(
              Stream.of(KnowledgeBase.bundled(), table).flatMap(List::stream).toList());
      int pieces = KnowledgeBase.bundled().size();
      KnowledgeBase knowledge = cohort.knowledge(versions.subList(0, pieces));
      MrKpaTraining.Options options =
          new MrKpaTraining.Options(
              cohort.source(),
              folder,
              recipe.recipe(),
              new CohortSplit(splitSeed),
              device,
              resume,
              cohort.interactions(versions.get(pieces), knowledge, recipe.recipe().labels()),
              comparison == null ? List.of() : ComparisonTable.scores(comparison, cohort.source()));
      MrKpaTraining.Result result;
      try (ConsoleProgress progress = new ConsoleProgress("Training mrkpa")) {
        MrKpaTraining training = new MrKpaTraining(options, knowledge, progress, Clock.systemUTC());
        if (resume && !training.hasCheckpoint()) {
          System.err.println("Nothing to resume beside " + out + ": beginning anew.");
        }
        ResumeHint hint = ResumeHint.onInterruption(training::hasCheckpoint);
        try (hint) {
          result = training.run();
        }
      }
      System.out.println(ReportLines.of(result.evaluation().validation()));
      System.out.println(ReportLines.of(result.evaluation().test()));
      System.out.println(ReportLines.of(result.outcome()));
      System.out.print(ReportLines.of(result.omissions()));
      System.out.println("Written: " + out);
      return 0;
    }
  }
}
