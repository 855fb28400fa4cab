package org.medcue.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.PatientEvidence;
import org.medcue.model.DrugPredictor;
import org.medcue.serving.BatchedPredictor;
import org.medcue.serving.BatchedPredictor.Settings;
import org.medcue.serving.ResidentMemory;
import org.medcue.serving.ServingMetrics;
import picocli.CommandLine.Option;

/** Times a predictor as it is served, by several clients at once. */
final class ClientsBenchmark {

  private static final int ROUNDS = 3;

  private static final int PREDICTIONS_A_LINE = 10_000;
  private static final Duration LONG = Duration.ofMinutes(5);

  @Option(
      names = "--clients",
      defaultValue = "0",
      description = "Also time predictions by so many clients at once, with and without batching.")
  private int clients;

  @Option(
      names = "--batch",
      defaultValue = "16",
      description =
          "Patients in one pass, as medcue.serving.batch.size; default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--delay",
      defaultValue = "0",
      description =
          "Milliseconds that a pass waits for more patients, as medcue.serving.batch.delay;"
              + " default: ${DEFAULT-VALUE}.")
  private int delay;

  @Option(
      names = "--workers",
      defaultValue = "0",
      description = "Passes at once, as medcue.serving.batch.workers; default: the processors.")
  private int workers;

  @Option(
      names = "--predictions",
      defaultValue = "0",
      description = "Make so many predictions and print the process' memory every 10,000.")
  private int predictions;

  boolean isAsked() {
    return clients != 0 || predictions != 0;
  }

  /**
   * @param calls of each measurement
   */
  void run(DrugPredictor predictor, List<? extends PatientEvidence> patients, int calls)
      throws InterruptedException {
    if (clients < 0 || clients > 1000 || batch < 2 || delay < 0 || workers < 0 || predictions < 0) {
      throw new CommandException(
          "--clients must be between 1 and 1000, --batch at least 2, --delay, --workers and"
              + " --predictions not negative");
    }
    try (BatchedPredictor alone = served(predictor, 1);
        BatchedPredictor together = served(predictor, batch)) {
      if (clients > 0) {
        compare(alone, together, patients, calls);
      }
      if (predictions > 0) {
        watchMemory(together, patients);
      }
    }
  }

  private BatchedPredictor served(DrugPredictor predictor, int size) {
    return new BatchedPredictor(
        new StaysOpen(predictor),
        "benchmark",
        new Settings(
            size,
            Math.max(64, clients),
            Duration.ofMillis(delay),
            workers == 0 ? Runtime.getRuntime().availableProcessors() : workers,
            LONG),
        new ServingMetrics(new SimpleMeterRegistry()));
  }

  /** Another one closes it. */
  private record StaysOpen(DrugPredictor predictor) implements DrugPredictor {

    @Override
    public DrugPrediction predict(PatientEvidence evidence) {
      return predictor.predict(evidence);
    }

    @Override
    public List<DrugPrediction> predictAll(List<? extends PatientEvidence> patients) {
      return predictor.predictAll(patients);
    }

    @Override
    public List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> drugs) {
      return predictor.explain(evidence, drugs);
    }

    @Override
    public void close() {
      // nothing: it is not ours
    }
  }

  private void compare(
      BatchedPredictor alone,
      BatchedPredictor together,
      List<? extends PatientEvidence> patients,
      int calls)
      throws InterruptedException {
    load(alone, patients, calls); // warm
    load(together, patients, calls);
    ConcurrentLoad without = load(alone, patients, calls);
    ConcurrentLoad with = load(together, patients, calls);
    for (int i = 1; i < ROUNDS; i++) { // in turn: the machine may change its pace
      without = without.and(load(alone, patients, calls));
      with = with.and(load(together, patients, calls));
    }
    System.out.println(clients + " clients without batching: " + without);
    System.out.println(clients + " clients in batches of up to " + batch + ": " + with);
  }

  private ConcurrentLoad load(
      DrugPredictor served, List<? extends PatientEvidence> patients, int calls)
      throws InterruptedException {
    return ConcurrentLoad.run(
        clients, calls, i -> require(served.predict(patients.get(i % patients.size()))));
  }

  private void watchMemory(DrugPredictor served, List<? extends PatientEvidence> patients)
      throws InterruptedException {
    for (int done = 0; done < predictions; done += PREDICTIONS_A_LINE) {
      int calls = Math.min(PREDICTIONS_A_LINE, predictions - done);
      ConcurrentLoad.run(
          Math.max(1, clients),
          calls,
          i -> require(served.predict(patients.get(i % patients.size()))));
      System.out.printf(
          Locale.ROOT,
          "after %,d predictions: %.0f MB resident%n",
          done + calls,
          ResidentMemory.bytes() / 1e6);
    }
  }

  private static void require(DrugPrediction prediction) {
    if (prediction.ranked().isEmpty()) {
      throw new CommandException("the model had nothing to say of a made-up patient");
    }
  }
}
