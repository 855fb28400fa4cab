package org.medcue.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Drug;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.ScoredDrug;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelFolder;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.versions.GoldenExamples;
import org.medcue.model.versions.PredictorLoader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times a version on a device, with made-up patients and without a service. */
abstract class VersionBenchmark implements Callable<Integer> {

  static final long SEED = 20221219;

  private static final int PATIENTS = 32;
  private static final int EXPLAINED = 5;
  private static final int MOST_RUNS = 100_000;
  private static final int FEWEST_RUNS = 10;

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
      names = "--device",
      paramLabel = "DEVICE",
      converter = DeviceConverter.class,
      defaultValue = "cpu",
      description = "auto, cpu, gpu, or gpu:1 for the second; default: ${DEFAULT-VALUE}.")
  private DeviceChoice device = DeviceChoice.CPU;

  @Option(
      names = "--runs",
      defaultValue = "200",
      description =
          "Timed runs, after as many to warm up; fewer of larger batches; default:"
              + " ${DEFAULT-VALUE}.")
  private int runs;

  @Mixin private ClientsBenchmark several = new ClientsBenchmark();

  /**
   * Patients without end, the same in each run of the program.
   *
   * @throws CommandException if an option is out of its range
   */
  abstract Supplier<PatientEvidence> patients(ModelFolder folder, KnowledgeLibrary library);

  /** What a patient brings along, such as {@code 20 earlier visits}. */
  abstract String size();

  @Override
  public final Integer call() throws IOException, InterruptedException {
    if (runs < FEWEST_RUNS || runs > MOST_RUNS) {
      throw new CommandException("--runs must be between " + FEWEST_RUNS + " and " + MOST_RUNS);
    }
    ModelFolder folder = ModelFolder.open(Objects.requireNonNull(model));
    KnowledgeLibrary library = KnowledgeLibrary.unregistered(registry);
    List<PatientEvidence> patients =
        Stream.generate(patients(folder, library)).limit(PATIENTS).toList();
    PredictorLoader loader = new PredictorLoader(library, device);
    try (DrugPredictor predictor = loader.load(folder)) {
      System.out.println(
          folder.manifest().model()
              + " "
              + folder.manifest().version()
              + " on "
              + Timing.machine(loader.device()));
      GoldenExamples.check(folder, predictor);
      System.out.println(
          String.format(
              Locale.ROOT,
              "golden examples: as on the CPU of its training, within %.4f",
              GoldenExamples.TOLERANCE));
      time(predictor, patients);
      if (several.isAsked()) {
        several.run(predictor, patients, runs);
      }
    }
    Timing.printSize(folder.path());
    return 0;
  }

  private void time(DrugPredictor predictor, List<PatientEvidence> patients)
      throws InterruptedException {
    List<Drug> drugs =
        predictor.predict(patients.get(0)).ranked().stream()
            .limit(EXPLAINED)
            .map(ScoredDrug::drug)
            .toList();
    for (int batch = 1; batch <= PATIENTS; batch *= 2) {
      List<PatientEvidence> together = patients.subList(0, batch);
      Timing.print(
          "batch of " + batch + ", " + size(),
          Math.max(FEWEST_RUNS, runs / batch),
          batch,
          i -> predictor.predictAll(together));
    }
    Timing.print(
        "explanation of " + drugs.size() + " drugs, " + size(),
        runs,
        1,
        i -> predictor.explain(patients.get(i % PATIENTS), drugs));
  }
}
