package org.medcue.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medcue.recommendation.RecommendationServices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times hook calls against a running service, one after the other or by several clients. */
@Command(
    name = "benchmark",
    description = {
      "Time order-select calls of a bundled synthetic patient with 27 visits against a running"
          + " service, by one client or several.",
      "Each call is logged there like any other: not for a service in use.",
      "With mrkpa or ddn, time a model version in this process instead."
    },
    mixinStandardHelpOptions = true,
    subcommands = {MrKpaBenchmark.class, DdnBenchmark.class})
final class BenchmarkCommand implements Callable<Integer> {

  private static final int MOST_CLIENTS = 1000;

  /** A bundled request, and what is in it. */
  private record Bundled(String service, String request, String size) {}

  private static final Bundled VISITS =
      new Bundled(
          RecommendationServices.MEDICATIONS_FROM_VISITS, "/demo/heart-failure.json", "27 visits");
  private static final Bundled DIALOGUE =
      new Bundled(
          RecommendationServices.MEDICATIONS_FROM_DIALOGUE,
          "/demo/reflux-dialogue.json",
          "11 messages");

  @Option(
      names = "--url",
      defaultValue = "http://localhost:8080",
      description = "Base of the service; default: ${DEFAULT-VALUE}.")
  private URI url = URI.create("http://localhost:8080");

  @Option(
      names = "--calls",
      defaultValue = "300",
      description = "Timed calls; default: ${DEFAULT-VALUE}.")
  private int calls;

  @Option(
      names = "--warm-up",
      defaultValue = "100",
      description = "Calls before, of which only the first is reported; default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--clients",
      defaultValue = "1",
      description = "Clients that call at once; default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(names = "--dialogue", description = "Ask the dialogue service, not that of visits.")
  private boolean dialogue;

  @Mixin private ClientToken token = new ClientToken();

  @Override
  public Integer call() throws InterruptedException {
    if (calls < 1 || warmUp < 1 || clients < 1 || clients > MOST_CLIENTS) {
      throw new CommandException(
          "--calls and --warm-up must be at least 1, --clients between 1 and " + MOST_CLIENTS);
    }
    Bundled bundled = dialogue ? DIALOGUE : VISITS;
    HttpClient client = HttpClient.newHttpClient();
    byte[] body = body(bundled);
    Supplier<HttpRequest> request = () -> request(bundled, body);
    double first = millis(client, request);
    for (int i = 1; i < warmUp; i++) {
      millis(client, request);
    }
    System.out.printf(
        Locale.ROOT,
        "order-select, %s: first call %.1f ms; by %d %s %s%n",
        bundled.size(),
        first,
        clients,
        clients == 1 ? "client" : "clients",
        ConcurrentLoad.run(clients, calls, i -> millis(client, request)));
    return 0;
  }

  private HttpRequest request(Bundled bundled, byte[] body) {
    URI service = url.resolve("/cds-services/" + bundled.service());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service).header("Content-Type", "application/json");
    if (token.isGiven()) {
      request.header("Authorization", "Bearer " + token.forCall(service.toString()));
    }
    return request.POST(BodyPublishers.ofByteArray(body)).build();
  }

  private double millis(HttpClient client, Supplier<HttpRequest> requests)
      throws InterruptedException {
    HttpRequest request = requests.get();
    long start = System.nanoTime();
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() == 401) {
        throw new CommandException(
            url
                + " wants the token of a tenant: give --issuer and --key, and --audience if a proxy"
                + " stands before it");
      }
      if (response.statusCode() != 200) {
        throw new CommandException(url + " answered with status " + response.statusCode());
      }
    } catch (IOException e) {
      throw new CommandException("no service answers at " + url + ": start one first", e);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static byte[] body(Bundled bundled) {
    try (@Nullable InputStream in = BenchmarkCommand.class.getResourceAsStream(bundled.request())) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the bundled patient is always readable", e);
    }
  }
}
