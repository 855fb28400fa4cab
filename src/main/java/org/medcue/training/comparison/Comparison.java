package org.medcue.training.comparison;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelException;
import org.medcue.model.learning.Calibration;
import org.medcue.training.CohortParts;
import org.medcue.training.CohortSource;
import org.medcue.training.CohortSplit;
import org.medcue.training.Progress;
import org.medcue.training.RunLock;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.Evaluation;
import org.medcue.training.evaluation.EvaluationReport;
import org.medcue.training.fitting.Checkpoints;
import org.medcue.training.fitting.Fitting;
import org.medcue.training.fitting.MrKpaFitting;
import org.medcue.training.fitting.TrainingInputs;

/**
 * Trains and scores every system on the same split. Each finished run is a file and is not
 * repeated; a run under way is locked, so the same command started twice shares the work.
 */
public final class Comparison {

  private static final JsonMapper JSON = new JsonMapper();

  /** Seeds of the runs of a system. */
  private static final int[] SEEDS = {20221219, 20221220, 20221221};

  /** The seed of the first run of each system. */
  static final int FIRST_SEED = SEEDS[0];

  /**
   * @param source the cohort
   * @param split its split
   * @param folder of runs and tables
   * @param epochs of fine-tuning of MR-KPA
   * @param preTrainingEpochs of MR-KPA
   */
  public record Options(
      CohortSource source, CohortSplit split, Path folder, int epochs, int preTrainingEpochs) {}

  private final Options options;
  private final KnowledgeBase knowledge;
  private final Progress progress;
  private final Path runs;
  private final String data;

  public Comparison(Options options, KnowledgeBase knowledge, Progress progress) {
    this.options = options;
    this.knowledge = knowledge;
    this.progress = progress;
    this.runs = options.folder().resolve("runs");
    this.data = options.source().fingerprint() + " " + options.split() + " " + knowledge.versions();
  }

  /**
   * Does the runs that are left and gives the table of all that are finished, which is written anew
   * after each run. A run that fails is named in the table and tried again the next time.
   *
   * @param wanted which runs to do, by name
   */
  public ComparisonTable run(Predicate<String> wanted) {
    List<ComparedSystem> systems = systems();
    requireSome(wanted);
    requireWritable();
    Map<String, String> failures = new TreeMap<>();
    table(systems, failures).write(options.folder()); // refuses what is there of other data
    @Nullable CohortParts parts = null;
    for (ComparedSystem system : systems) {
      for (int seed : seeds(system).toArray()) {
        String name = system.run(seed);
        if (!wanted.test(name) || finished(system, seed).isPresent()) {
          continue;
        }
        if (parts == null) {
          parts = CohortParts.of(options.source().read(knowledge, progress), options.split());
        }
        try {
          runLocked(system, seed, parts);
        } catch (ModelException | TrainingException | IllegalArgumentException e) {
          failures.put(name, String.valueOf(e.getMessage()));
        }
        table(systems, failures).write(options.folder());
      }
    }
    return table(systems, failures);
  }

  private void requireSome(Predicate<String> wanted) {
    if (names().stream().noneMatch(wanted)) {
      throw new TrainingException(
          "no run is named so; the names are " + String.join(", ", names()));
    }
  }

  /** Fails before hours of work rather than after. */
  private void requireWritable() {
    try {
      Files.createDirectories(runs);
      Files.delete(Files.createTempFile(runs, ".writable", ""));
    } catch (IOException e) {
      throw new TrainingException(
          "cannot write to the folder " + runs + ": choose another with --out", e);
    }
  }

  private ComparisonTable table(List<ComparedSystem> systems, Map<String, String> failures) {
    Map<String, ComparisonRun> finished = new TreeMap<>();
    for (ComparedSystem system : systems) {
      seeds(system)
          .forEach(
              seed -> finished(system, seed).ifPresent(run -> finished.put(system.run(seed), run)));
    }
    return ComparisonTable.of(data, systems, finished, failures);
  }

  private List<ComparedSystem> systems() {
    return new ComparedSystems(knowledge, options.epochs(), options.preTrainingEpochs()).all();
  }

  /** The names of all runs in the order in which they are done, a line each. */
  public String list() {
    StringBuilder lines = new StringBuilder();
    for (ComparedSystem system : systems()) {
      for (int seed : seeds(system).toArray()) {
        lines.append(finished(system, seed).isPresent() ? "finished  " : "          ");
        lines.append(system.run(seed)).append(System.lineSeparator());
      }
    }
    return lines.toString();
  }

  private List<String> names() {
    return systems().stream().flatMap(system -> seeds(system).mapToObj(system::run)).toList();
  }

  /** The seeds of a system's runs. */
  static IntStream seeds(ComparedSystem system) {
    return Arrays.stream(SEEDS).limit(system.seeds());
  }

  private String fingerprint(ComparedSystem system) {
    return data + " " + system.settings();
  }

  private Optional<ComparisonRun> finished(ComparedSystem system, int seed) {
    Path file = runs.resolve(system.run(seed) + ".json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      ComparisonRun run = JSON.readValue(file.toFile(), ComparisonRun.class);
      if (!run.fingerprint().equals(fingerprint(system))) {
        throw new TrainingException(
            file
                + " is of other data or settings: give another folder with --out, or delete that file");
      }
      return Optional.of(run);
    } catch (IOException e) {
      throw new TrainingException("cannot read " + file + ": delete it to repeat that run", e);
    }
  }

  /** Does a run unless another process is at it. */
  private void runLocked(ComparedSystem system, int seed, CohortParts parts) {
    String name = system.run(seed);
    Checkpoints checkpoints =
        new Checkpoints(runs.resolve("." + name), TrainingInputs.of(fingerprint(system)));
    Optional<RunLock> taken = RunLock.tryLock(runs.resolve(name + ".lock"));
    if (taken.isEmpty()) {
      return;
    }
    RunLock lock = taken.get();
    try (lock) {
      if (finished(system, seed).isEmpty()) {
        ComparisonRun run = run(system, seed, parts, checkpoints);
        Path partial = runs.resolve(name + ".partial");
        JSON.writeValue(partial.toFile(), run);
        Files.move(partial, runs.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
      }
      checkpoints.clear();
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + runs, e);
    }
  }

  private ComparisonRun run(
      ComparedSystem system, int seed, CohortParts parts, Checkpoints checkpoints) {
    String name = system.run(seed);
    long start = System.nanoTime();
    MrKpaFitting.Patients patients =
        new MrKpaFitting.Patients(
            parts.training(), system.draw(parts.training(), seed), parts.validation());
    Progress named = progress.named(name);
    try (ComparedSystem.Trained trained =
        system.trainer().train(new ComparedSystem.Setting(patients, seed, checkpoints, named))) {
      Evaluation validation = new Evaluation(trained.scorer(), parts.validation(), named);
      Calibration calibration = validation.fitCalibration();
      double threshold = validation.bestThreshold(calibration);
      Evaluation test = new Evaluation(trained.scorer(), parts.test(), named);
      EvaluationReport onTest = test.report(reading(name, "test", threshold, calibration));
      EvaluationReport onValidation =
          validation.report(reading(name, "validation", threshold, calibration));
      return new ComparisonRun(
          fingerprint(system),
          trained.chosen(),
          calibration.temperature(),
          validation.prAuc(),
          onValidation.metrics().sample().jaccard(),
          (System.nanoTime() - start) / 60e9,
          trained.outcome().map(Fitting.Outcome::unitsPerSecond).orElse(0.0),
          onTest.metrics().meanPredicted(),
          onTest.calibration().eceBefore(),
          onTest.calibration().eceAfter(),
          test.run(system.key(), seed, threshold, calibration));
    }
  }

  private static Evaluation.Reading reading(
      String name, String part, double threshold, Calibration calibration) {
    return new Evaluation.Reading(
        name, part, threshold, calibration, Optional.empty(), Optional.empty());
  }
}
