package org.medcue.cdshooks.trust;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Reads a JWK Set over HTTP: no redirects, and no more time or bytes than one needs. */
final class KeySetReader {

  private static final Logger LOG = Logger.getLogger(KeySetReader.class);
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int MAX_BYTES = 64 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(LONGEST).build();

  /** What is there, or nothing where that cannot be had. */
  Optional<String> read(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, headers -> new BoundedBody(MAX_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() == 200) {
        return Optional.of(new String(response.body(), StandardCharsets.UTF_8));
      }
      LOG.warnf("Key set not read: %s answered with status %d", url, response.statusCode());
    } catch (TimeoutException | ExecutionException e) {
      LOG.warnf("Key set not read: %s: %s", url, e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      answer.cancel(true);
    }
    return Optional.empty();
  }
}
