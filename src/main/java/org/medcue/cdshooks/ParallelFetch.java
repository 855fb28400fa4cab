package org.medcue.cdshooks;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.medcue.fhir.AccessToken;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.fhir.Deadline;
import org.medcue.fhir.FetchOutcome;
import org.medcue.fhir.FetchOutcome.NotFetched;
import org.medcue.fhir.FetchOutcome.Reason;
import org.medcue.fhir.FhirServerClient;

/** Asks a FHIR server several things at once, on threads that serve nothing else. */
@ApplicationScoped
class ParallelFetch {

  private static final Logger LOG = Logger.getLogger(ParallelFetch.class);

  /** Enough for all keys of all calls that are answered at once; they wait, they do not work. */
  private static final int THREADS = 16 * Runtime.getRuntime().availableProcessors();

  /** For a query that is cut off at the deadline to give what it has. */
  private static final Duration GRACE = Duration.ofMillis(25);

  private final FhirServerClient client;
  private final ThreadPoolExecutor threads;

  ParallelFetch(FhirServerClient client) {
    this.client = client;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "fhir-fetch-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** An outcome for each query, in their order, at the deadline at the latest. */
  List<FetchOutcome> fetch(
      AllowedFhirServer server, AccessToken token, List<String> queries, Deadline deadline) {
    List<Future<FetchOutcome>> running = new ArrayList<>();
    try {
      for (String query : queries) {
        running.add(threads.submit(() -> client.fetch(server, query, token, deadline)));
      }
    } catch (RejectedExecutionException e) {
      // The service ends: what was not begun is not fetched
      LOG.debug("No further query is begun");
    }
    List<FetchOutcome> outcomes = new ArrayList<>();
    running.forEach(future -> outcomes.add(outcome(future, deadline)));
    while (outcomes.size() < queries.size()) {
      outcomes.add(new NotFetched(Reason.TIMED_OUT));
    }
    return outcomes;
  }

  /** Goes as far as the name of a server that may not be called. */
  void warmUp() {
    fetch(
        new AllowedFhirServer("https://127.0.0.1", false),
        new AccessToken("none"),
        List.of("Patient/none"),
        Deadline.in(Duration.ofSeconds(5)));
  }

  private static FetchOutcome outcome(Future<FetchOutcome> future, Deadline deadline) {
    try {
      return future.get(deadline.left().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      return new NotFetched(Reason.TIMED_OUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NotFetched(Reason.TIMED_OUT);
    } catch (ExecutionException e) {
      // The message of a foreign exception may quote the query, and so the patient
      LOG.errorf(
          "A query to a FHIR server failed: %s",
          Objects.requireNonNullElse(e.getCause(), e).getClass().getName());
      return new NotFetched(Reason.UNUSABLE);
    }
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
