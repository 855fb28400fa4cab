package org.medcue.serving;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.PatientEvidence;

/** One patient in the queue of a version, until a deadline. */
final class AwaitedPrediction {

  private final PatientEvidence evidence;
  private final long deadline;
  private final CompletableFuture<DrugPrediction> prediction = new CompletableFuture<>();

  AwaitedPrediction(PatientEvidence evidence, Duration longest) {
    this.evidence = evidence;
    this.deadline = System.nanoTime() + longest.toNanos();
  }

  PatientEvidence evidence() {
    return evidence;
  }

  void is(DrugPrediction computed) {
    prediction.complete(computed);
  }

  void failed(Throwable why) {
    prediction.completeExceptionally(why);
  }

  /** Whether nobody waits for it any more. */
  boolean isGivenUp() {
    return prediction.isDone() || deadline - System.nanoTime() <= 0;
  }

  /** The prediction, or empty where there is none in time; then it is not computed any more. */
  Optional<DrugPrediction> await() {
    try {
      return Optional.of(
          prediction.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } finally {
      prediction.cancel(false);
    }
  }
}
