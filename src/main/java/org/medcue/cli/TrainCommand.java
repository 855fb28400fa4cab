package org.medcue.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.visits.TrainingPhase;
import org.medcue.training.CohortSplit;
import org.medcue.training.ModelEvaluation;
import org.medcue.training.MrKpaTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model version. */
@Command(
    name = "train",
    description = "Train a model version from a cohort.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "MODEL",
    subcommands = TrainCommand.MrKpa.class)
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

    @Option(
        names = "--out",
        required = true,
        paramLabel = "DIR",
        description = "Folder to write, such as model-registry/mrkpa/1.1.0; must not exist.")
    private @Nullable Path out;

    @Option(
        names = "--epochs",
        defaultValue = "14",
        description = "Passes over the training patients; default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
        names = "--seed",
        defaultValue = "20221219",
        description = "Seed of weights and order; default: ${DEFAULT-VALUE}.")
    private int seed;

    @Option(
        names = "--split-seed",
        defaultValue = "" + CohortSplit.STANDARD_SEED,
        description =
            "Seed of the split of patients, the same for versions to be compared; default:"
                + " ${DEFAULT-VALUE}.")
    private long splitSeed;

    @Option(
        names = "--paper-head",
        description = "Predict from the paper's five vectors alone, without the drug memory.")
    private boolean paperHead;

    @Override
    public Integer call() {
      if (epochs < 1) {
        throw new CommandException("--epochs must be at least 1");
      }
      MrKpaConfig standard = MrKpaConfig.standard();
      MrKpaConfig config =
          new MrKpaConfig(
              standard.size(),
              standard.graphHeads(),
              standard.layers(),
              standard.encoderHeads(),
              standard.feedForward(),
              standard.dropout(),
              !paperHead);
      MrKpaTraining.Options options =
          new MrKpaTraining.Options(
              cohort.source(),
              Objects.requireNonNull(out),
              config,
              new TrainingPhase.Schedule(epochs, 128, 3e-3f, 0.01f, seed),
              new CohortSplit(splitSeed));
      ModelEvaluation evaluation;
      try (ConsoleProgress progress = new ConsoleProgress("Training mrkpa")) {
        KnowledgeBase knowledge = cohort.knowledge(KnowledgeBase.bundled());
        evaluation = new MrKpaTraining(options, knowledge, progress, Clock.systemUTC()).run();
      }
      System.out.println(ReportLines.of(evaluation.validation()));
      System.out.println(ReportLines.of(evaluation.test()));
      System.out.println("Written: " + out);
      return 0;
    }
  }
}
