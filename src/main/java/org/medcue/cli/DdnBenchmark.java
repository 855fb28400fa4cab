package org.medcue.cli;

import java.util.function.Supplier;
import org.medcue.clinical.PatientEvidence;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.model.ModelFolder;
import org.medcue.model.ddn.MadeUpDialogues;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times a version of DDN. */
@Command(
    name = "ddn",
    description = {
      "Time a DDN version in this process by size of batch, or by several clients at once, and"
          + " print the size of its folder.",
      "Dialogues are made up of the words of its knowledge."
    },
    mixinStandardHelpOptions = true)
final class DdnBenchmark extends VersionBenchmark {

  private static final int MOST = 10_000;

  @Option(
      names = "--utterances",
      defaultValue = "11",
      description = "Of each dialogue; default: ${DEFAULT-VALUE}.")
  private int utterances;

  @Override
  Supplier<PatientEvidence> patients(ModelFolder folder, KnowledgeLibrary library) {
    if (utterances < 1 || utterances > MOST) {
      throw new CommandException("--utterances must be between 1 and " + MOST);
    }
    MadeUpDialogues source =
        new MadeUpDialogues(library.dialogues(folder.manifest().knowledge()), SEED);
    return () -> source.next(utterances);
  }

  @Override
  String size() {
    return utterances + " utterances";
  }
}
