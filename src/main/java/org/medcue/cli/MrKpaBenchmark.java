package org.medcue.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.VisitEvidence;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.model.ModelFolder;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.visits.SyntheticPatients;
import org.medcue.model.visits.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times a version of MR-KPA. */
@Command(
    name = "mrkpa",
    description = {
      "Time an MR-KPA version in this process by size of batch, or by several clients at once, and"
          + " print the size of its folder.",
      "Patients are made up of the version's own codes, 20 diagnoses a visit, none repeated whole."
    },
    mixinStandardHelpOptions = true)
final class MrKpaBenchmark extends VersionBenchmark {

  private static final int MOST_VISITS = 2000;

  @Option(
      names = "--visits",
      defaultValue = "20",
      description = "Earlier visits of each patient; default: ${DEFAULT-VALUE}.")
  private int visits;

  @Override
  Supplier<PatientEvidence> patients(ModelFolder folder, KnowledgeLibrary library) {
    if (visits < 0 || visits > MOST_VISITS) {
      throw new CommandException("--visits must be between 0 and " + MOST_VISITS);
    }
    SyntheticPatients source =
        new SyntheticPatients(folder.read(MrKpaModel.VOCABULARY, Vocabulary.class), SEED);
    return () -> new VisitEvidence(source.next(visits), Set.of(), List.of(), Map.of(), List.of());
  }

  @Override
  String size() {
    return visits + " earlier visits";
  }
}
