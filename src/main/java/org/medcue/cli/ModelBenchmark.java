package org.medcue.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Drug;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.MrKpaPredictor;
import org.medcue.model.visits.SyntheticPatients;
import org.medcue.model.visits.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times a model version on one thread, without a service. */
@Command(
    name = "mrkpa",
    description = {
      "Time an MR-KPA version in this process, on one thread or by several clients at once, and"
          + " print the size of its folder.",
      "Patients are made up of the version's own codes, 20 diagnoses a visit, none repeated whole."
    },
    mixinStandardHelpOptions = true)
final class ModelBenchmark implements Callable<Integer> {

  private static final int BATCH = 32;
  private static final int EXPLAINED = 5;
  private static final long SEED = 20221219;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the version, such as model-registry/mrkpa/2.1.0.")
  private @Nullable Path model;

  @Option(
      names = "--registry",
      paramLabel = "DIR",
      defaultValue = "model-registry",
      description = "Folder of models and knowledge; default: ${DEFAULT-VALUE}.")
  private Path registry = Path.of("model-registry");

  @Option(
      names = "--visits",
      defaultValue = "20",
      description = "Earlier visits of each patient; default: ${DEFAULT-VALUE}.")
  private int visits;

  @Option(
      names = "--runs",
      defaultValue = "300",
      description =
          "Timed runs, after as many to warm up; a tenth of them for batches; default:"
              + " ${DEFAULT-VALUE}.")
  private int runs;

  @Mixin private ClientsBenchmark several = new ClientsBenchmark();

  private static final int MOST_VISITS = 2000;
  private static final int MOST_RUNS = 100_000;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (visits < 0 || visits > MOST_VISITS || runs < 10 || runs > MOST_RUNS) {
      throw new CommandException(
          "--visits must be between 0 and " + MOST_VISITS + ", --runs between 10 and " + MOST_RUNS);
    }
    ModelFolder folder = ModelFolder.open(Objects.requireNonNull(model));
    KnowledgeBase knowledge = KnowledgeBase.load(registry, folder.manifest().knowledge());
    SyntheticPatients source =
        new SyntheticPatients(folder.read(MrKpaModel.VOCABULARY, Vocabulary.class), SEED);
    List<VisitSequence> patients = Stream.generate(() -> source.next(visits)).limit(BATCH).toList();
    try (MrKpaPredictor predictor = MrKpaPredictor.load(folder, knowledge)) {
      System.out.println(
          folder.manifest().model()
              + " "
              + folder.manifest().version()
              + " on "
              + Timing.machine());
      List<Drug> drugs =
          predictor.predict(patients.get(0)).ranked().stream()
              .limit(EXPLAINED)
              .map(ScoredDrug::drug)
              .toList();
      String of = ", " + visits + " earlier visits";
      Timing.print("one patient" + of, runs, i -> predictor.predict(patients.get(i % BATCH)));
      Timing.print(
          "explanation of " + drugs.size() + " drugs" + of,
          runs,
          i -> predictor.explain(patients.get(i % BATCH), drugs));
      Timing.print("batch of " + BATCH + of, runs / 10, i -> predictor.predictTogether(patients));
      if (several.isAsked()) {
        several.run(predictor, patients.stream().map(ModelBenchmark::chart).toList(), runs);
      }
    }
    Timing.printSize(folder.path());
    return 0;
  }

  private static VisitEvidence chart(VisitSequence visits) {
    return new VisitEvidence(visits, Set.of(), List.of(), Map.of(), List.of());
  }
}
