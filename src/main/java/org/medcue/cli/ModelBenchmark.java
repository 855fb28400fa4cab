package org.medcue.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Drug;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.VisitSequence;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.MrKpaPredictor;
import org.medcue.model.nn.Torch;
import org.medcue.model.visits.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times a model version on one thread, without a service. */
@Command(
    name = "mrkpa",
    description = {
      "Time an MR-KPA version in this process, on one thread, and print the size of its folder.",
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
      description = "Folder of the version, such as model-registry/mrkpa/2.0.0.")
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

  private static final int MOST_VISITS = 2000;
  private static final int MOST_RUNS = 100_000;

  @Override
  public Integer call() throws IOException {
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
          folder.manifest().model() + " " + folder.manifest().version() + " on " + machine());
      List<Drug> drugs =
          predictor.predict(patients.get(0)).ranked().stream()
              .limit(EXPLAINED)
              .map(ScoredDrug::drug)
              .toList();
      print("one patient", runs, i -> predictor.predict(patients.get(i % BATCH)));
      print(
          "explanation of " + drugs.size() + " drugs",
          runs,
          i -> predictor.explain(patients.get(i % BATCH), drugs));
      print("batch of " + BATCH, runs / 10, i -> predictor.predictAll(patients));
    }
    System.out.printf(Locale.ROOT, "size of the version %.2f MB%n", bytes(folder.path()) / 1e6);
    return 0;
  }

  /** What figures depend on: a predictor computes on one thread of the CPU. */
  private static String machine() {
    return String.format(
        Locale.ROOT,
        "%s %s (%s), %d CPUs, Java %s, %s on the CPU",
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        Torch.version());
  }

  private void print(String what, int times, IntConsumer work) {
    double[] millis = new double[times];
    for (int i = -times; i < times; i++) {
      long start = System.nanoTime();
      work.accept(i + times);
      if (i >= 0) {
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s, %d earlier visits: fastest %.2f ms, median %.2f ms, 95th percentile %.2f ms of %d"
            + " runs%n",
        what,
        visits,
        millis[0],
        millis[times / 2],
        millis[times * 95 / 100],
        times);
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }
}
