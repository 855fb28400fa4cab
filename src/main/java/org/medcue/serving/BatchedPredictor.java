package org.medcue.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.PatientEvidence;
import org.medcue.knowledge.DrugTree;
import org.medcue.model.DrugPredictor;
import org.medcue.platform.RequestRefusedException;
import org.medcue.serving.ServingMetrics.Refusal;

/**
 * Coalesces predictions that are asked for at once into passes of the network for several patients.
 * Those who find the queue full, or wait for too long, are refused with 503; what fails of a pass
 * fails alone. Explanations are passes for many variants of one patient already, and stay as they
 * are.
 */
public final class BatchedPredictor implements DrugPredictor {

  /**
   * How to batch.
   *
   * @param size the most patients in a pass; 1 computes on the thread that asks, without a queue or
   *     a deadline
   * @param queue the most that wait
   * @param delay how long a pass waits for more patients
   * @param workers passes at once
   * @param deadline how long a prediction may take with its wait
   */
  public record Settings(int size, int queue, Duration delay, int workers, Duration deadline) {

    public Settings {
      if (size < 1 || queue < 1 || workers < 1 || delay.isNegative() || !isPositive(deadline)) {
        throw new IllegalArgumentException(
            "medcue.serving.batch: size, queue and workers are at least 1, and delay is not"
                + " negative; medcue.serving.deadline is above 0");
      }
    }

    private static boolean isPositive(Duration time) {
      return !time.isZero() && !time.isNegative();
    }

    /** As configured; one pass at a time keeps a GPU busy, a CPU has a pass for each processor. */
    static Settings of(ServingConfig config, String device) {
      int workers = device.equals("cpu") ? Runtime.getRuntime().availableProcessors() : 1;
      return new Settings(
          config.batch().size(),
          config.batch().queue(),
          config.batch().delay(),
          config.batch().workers().orElse(workers),
          config.deadline());
    }
  }

  private final DrugPredictor predictor;
  private final String version;
  private final Settings settings;
  private final ServingMetrics metrics;
  private final long nativeBytes;
  private final BlockingQueue<AwaitedPrediction> queue;
  private final List<Thread> workers;

  /**
   * @param predictor computes; closed with this
   * @param version such as {@code mrkpa/2.1.0}, for metrics
   */
  public BatchedPredictor(
      DrugPredictor predictor, String version, Settings settings, ServingMetrics metrics) {
    this.predictor = predictor;
    this.version = version;
    this.settings = settings;
    this.metrics = metrics;
    // Weights do not grow; and whoever asks later may ask while they are freed
    this.nativeBytes = predictor.nativeBytes();
    this.queue = new ArrayBlockingQueue<>(settings.queue());
    this.workers =
        IntStream.range(0, settings.size() == 1 ? 0 : settings.workers())
            .mapToObj(i -> new Thread(this::work, "predict-" + version + "-" + i))
            .toList();
    workers.forEach(
        worker -> {
          worker.setDaemon(true);
          worker.start();
        });
    metrics.loaded(this);
  }

  String version() {
    return version;
  }

  /** How many predictions wait for a pass. */
  int waiting() {
    return queue.size();
  }

  /**
   * @throws RequestRefusedException 503 where too many wait, or it took too long
   */
  @Override
  public DrugPrediction predict(PatientEvidence evidence) {
    if (workers.isEmpty()) {
      metrics.pass(version, 1);
      return counted(() -> predictor.predict(evidence));
    }
    AwaitedPrediction awaited = new AwaitedPrediction(evidence, settings.deadline());
    if (!queue.offer(awaited)) {
      metrics.refused(Refusal.QUEUE_FULL);
      throw refused("too many predictions wait already, send it again in some seconds");
    }
    return awaited
        .await()
        .orElseThrow(
            () -> {
              queue.remove(awaited);
              metrics.refused(Refusal.DEADLINE);
              return refused("no prediction within the deadline, send it again in some seconds");
            });
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException(503, "server", why);
  }

  private void work() {
    List<AwaitedPrediction> pass = new ArrayList<>();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        pass.add(queue.take());
        gather(pass);
        pass.removeIf(AwaitedPrediction::isGivenUp);
        if (!pass.isEmpty()) {
          metrics.pass(version, pass.size());
          compute(pass);
        }
        pass.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void gather(List<AwaitedPrediction> pass) throws InterruptedException {
    long until = System.nanoTime() + settings.delay().toNanos();
    queue.drainTo(pass, Math.min(settings.size(), share(1 + queue.size())) - 1);
    while (pass.size() < settings.size() && System.nanoTime() < until) {
      AwaitedPrediction next = queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next != null) {
        pass.add(next);
        queue.drainTo(pass, settings.size() - pass.size());
      }
    }
  }

  /** The part of a worker of so many patients, so that none is idle while another has them all. */
  private int share(int patients) {
    return (patients + settings.workers() - 1) / settings.workers();
  }

  private void compute(List<AwaitedPrediction> pass) {
    try {
      List<DrugPrediction> all =
          predictor.predictAll(pass.stream().map(AwaitedPrediction::evidence).toList());
      for (int i = 0; i < pass.size(); i++) {
        pass.get(i).is(all.get(i));
      }
    } catch (RuntimeException | Error e) {
      if (pass.size() == 1) {
        metrics.failed(version);
        pass.get(0).failed(e);
      } else {
        pass.forEach(one -> compute(List.of(one))); // whose fault it is
      }
    }
  }

  @Override
  public List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> drugs) {
    return counted(() -> predictor.explain(evidence, drugs));
  }

  private <T> T counted(Supplier<T> computation) {
    try {
      return computation.get();
    } catch (RuntimeException | Error e) {
      metrics.failed(version);
      throw e;
    }
  }

  @Override
  public Optional<String> widerLevel() {
    return predictor.widerLevel();
  }

  @Override
  public String labelOf(Drug drug, DrugTree tree) {
    return predictor.labelOf(drug, tree);
  }

  @Override
  public long nativeBytes() {
    return nativeBytes;
  }

  /** Waits for a pass that is under way: its memory must not be freed. */
  @Override
  public void close() {
    workers.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread worker : workers) {
      interrupted |= !joined(worker);
    }
    predictor.close();
    metrics.closed(this);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a thread whatever comes; false if this one was interrupted meanwhile. */
  private static boolean joined(Thread worker) {
    boolean undisturbed = true;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        undisturbed = false;
      }
    }
    return undisturbed;
  }
}
