package org.medcue.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.training.CohortSplit;
import org.medcue.training.comparison.Comparison;
import org.medcue.training.comparison.ComparisonTable;
import org.medcue.training.dialogue.DialogueComparison;
import org.medcue.training.fitting.MrKpaRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a model with its ablations and baselines. */
@Command(
    name = "compare",
    description = "Compare a model with its ablations and baselines on one cohort.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "MODEL",
    subcommands = {CompareCommand.MrKpa.class, CompareCommand.Ddn.class})
final class CompareCommand {

  /** Compares MR-KPA. */
  @Command(
      name = "mrkpa",
      description = {
        "Train and score MR-KPA, MR-KPA without each ingredient, and every baseline on one split.",
        "A finished run is kept and not repeated; started twice on one folder, the two share the"
            + " work. Writes comparison.md, comparison.json and comparison.png."
      },
      mixinStandardHelpOptions = true)
  static final class MrKpa implements Callable<Integer> {

    @Mixin private CohortOptions cohort = new CohortOptions();

    @Option(
        names = "--out",
        defaultValue = "comparison",
        paramLabel = "DIR",
        description = "Folder of runs and tables; default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("comparison");

    @Option(
        names = "--epochs",
        defaultValue = "" + MrKpaRecipe.EPOCHS,
        description = "Passes of MR-KPA over the training patients; default: ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(
        names = "--pretraining-epochs",
        defaultValue = "" + MrKpaRecipe.PRETRAINING_EPOCHS,
        description = "Passes over single visits before; default: ${DEFAULT-VALUE}.")
    private int preTrainingEpochs;

    @Option(
        names = "--only",
        defaultValue = ".*",
        paramLabel = "REGEX",
        description =
            "Do only runs whose name matches, such as 'regression.*'; the table shows all that are"
                + " finished; default: all.")
    private String only = ".*";

    @Option(
        names = "--list",
        description =
            "Print the names of all runs, such as mrkpa-20221219, and whether each is finished; do"
                + " none.")
    private boolean list;

    @Override
    public Integer call() {
      if (epochs < 1 || preTrainingEpochs < 1) {
        throw new CommandException("--epochs and --pretraining-epochs must be at least 1");
      }
      Pattern wanted = pattern(only);
      ComparisonTable table;
      try (ConsoleProgress progress = new ConsoleProgress("Comparing")) {
        KnowledgeBase knowledge = cohort.knowledge(KnowledgeBase.bundled());
        Comparison.Options options =
            new Comparison.Options(
                cohort.source(),
                new CohortSplit(CohortSplit.STANDARD_SEED),
                out,
                epochs,
                preTrainingEpochs);
        Comparison comparison = new Comparison(options, knowledge, progress);
        if (list) {
          System.out.print(comparison.list());
          return 0;
        }
        table = comparison.run(name -> wanted.matcher(name).matches());
      }
      System.out.println(table.text());
      table
          .failures()
          .forEach((run, why) -> System.err.println("medcue: " + run + " failed: " + why));
      System.out.println("Written: " + out.resolve(ComparisonTable.MARKDOWN));
      return table.failures().isEmpty() ? 0 : 1;
    }
  }

  /** Compares DDN. */
  @Command(
      name = "ddn",
      description = {
        "Fit and score DDN, DDN without its graphs, and baselines by cross-validation over dialogues,"
            + " under both protocols.",
        "A finished run is kept and not repeated; started twice on one folder, the two share the work."
            + " Writes comparison.md."
      },
      mixinStandardHelpOptions = true)
  static final class Ddn implements Callable<Integer> {

    @Mixin private DialogueOptions dialogues = new DialogueOptions();
    @Mixin private EncoderOptions encoder = new EncoderOptions();

    @Option(
        names = "--out",
        defaultValue = "comparison-ddn",
        paramLabel = "DIR",
        description = "Folder of runs and table; default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("comparison-ddn");

    @Option(
        names = "--only",
        defaultValue = ".*",
        paramLabel = "REGEX",
        description =
            "Do only runs whose name matches, such as 'lstm-.*' or '.*-[123]'; the table shows all that are"
                + " finished; default: all.")
    private String only = ".*";

    @Option(
        names = "--list",
        description =
            "Print the names of all runs, a system and a fold each such as ddn-network-3, and"
                + " whether each is finished; do none.")
    private boolean list;

    @Override
    public Integer call() {
      Pattern wanted = pattern(only);
      try (ConsoleProgress progress = new ConsoleProgress("Comparing")) {
        DialogueComparison comparison =
            new DialogueComparison(
                dialogues.dialogues(),
                out,
                dialogues.knowledge(DialogueKnowledge.bundled()),
                encoder.network(),
                progress);
        if (list) {
          System.out.print(comparison.list());
          return 0;
        }
        System.out.println(comparison.run(name -> wanted.matcher(name).matches()));
      }
      System.out.println("Written: " + out.resolve(DialogueComparison.MARKDOWN));
      return 0;
    }
  }

  private static Pattern pattern(String only) {
    try {
      return Pattern.compile(only);
    } catch (PatternSyntaxException e) {
      throw new CommandException("--only is no regular expression: " + e.getDescription());
    }
  }
}
