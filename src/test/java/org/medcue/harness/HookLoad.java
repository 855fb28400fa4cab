package org.medcue.harness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An EHR that calls replicas in turn, so many times a second however long answers take. */
public final class HookLoad {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int WARM = 40;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Queue<CompletableFuture<Call>> calls = new ConcurrentLinkedQueue<>();
  private final List<ServiceProcess> replicas;
  private final Function<String, String> token;
  private @Nullable ScheduledFuture<?> calling;
  private int next;

  /**
   * One call.
   *
   * @param hookInstance its identifier
   * @param replica that was asked
   * @param sent a moment before
   * @param ended a moment after
   * @param answered with 200
   * @param outcome the answer's body, or what happened in its place
   */
  public record Call(
      String hookInstance,
      ServiceProcess replica,
      Instant sent,
      Instant ended,
      boolean answered,
      String outcome) {

    public Duration took() {
      return Duration.between(sent, ended);
    }
  }

  /**
   * @param token makes one for a path
   */
  public HookLoad(List<ServiceProcess> replicas, Function<String, String> token) {
    this.replicas = replicas;
    this.token = token;
  }

  /** Calls each replica some times, one call after the other; these calls do not count. */
  public void warmUp() {
    for (int i = 0; i < WARM * replicas.size(); i++) {
      call().join();
    }
  }

  public void start(int perSecond) {
    calling =
        clock.scheduleAtFixedRate(
            () -> calls.add(call()), 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
  }

  private CompletableFuture<Call> call() {
    ServiceProcess replica = replicas.get(next++ % replicas.size());
    ObjectNode body = HookRequests.minimal();
    String hookInstance = body.path("hookInstance").asText();
    HttpRequest request =
        HttpRequest.newBuilder(replica.uri(HookRequests.SERVICE))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token.apply(HookRequests.SERVICE))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    Instant sent = Instant.now();
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .handle(
            (response, failure) ->
                new Call(
                    hookInstance,
                    replica,
                    sent,
                    Instant.now(),
                    failure == null && response.statusCode() == 200,
                    failure == null ? text(response) : failure.toString()));
  }

  private static String text(HttpResponse<String> response) {
    return response.statusCode() == 200
        ? response.body()
        : response.statusCode() + " " + response.body();
  }

  /** Stops calling, waits for the last answers and returns all calls in their order. */
  public List<Call> end() throws InterruptedException {
    boolean brokenOff = calling == null || calling.isDone();
    clock.shutdown();
    if (brokenOff || !clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the calls ended before, or do not end");
    }
    return calls.stream().map(CompletableFuture::join).toList();
  }
}
