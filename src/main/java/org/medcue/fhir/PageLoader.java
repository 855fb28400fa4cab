package org.medcue.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.client.apache.ApacheHttpClient;
import ca.uhn.fhir.rest.client.apache.ApacheHttpRequest;
import ca.uhn.fhir.rest.client.api.Header;
import ca.uhn.fhir.rest.client.api.IHttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipException;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.jspecify.annotations.Nullable;
import org.medcue.fhir.FetchOutcome.Found;
import org.medcue.fhir.FetchOutcome.NotFetched;
import org.medcue.fhir.FetchOutcome.Reason;

/**
 * Reads one page from a FHIR server with HAPI's client. Its body is read as JSON like that of a
 * request, not by HAPI's parser: what was fetched and what was sent are the same to all that
 * follows, with the same limits.
 */
final class PageLoader implements AutoCloseable {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(10);

  // A connection outlives its check, so those to private addresses have a pool of their own
  private final CloseableHttpClient toPublic;
  private final CloseableHttpClient toPrivate;
  private final ScheduledThreadPoolExecutor watch;

  PageLoader(DnsResolver names, ConnectionSocketFactory plain) {
    toPublic = FhirConnections.client(new CheckedAddresses(names, false), plain);
    toPrivate = FhirConnections.client(new CheckedAddresses(names, true), plain);
    watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "fhir-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
  }

  /**
   * @param privateAddresses whether the URL's host may have a private address
   * @param deadline when the request is cut off, wherever it is
   */
  FetchOutcome load(
      URI url, boolean privateAddresses, AccessToken token, Deadline deadline, ByteBudget budget) {
    Header authorization = new Header("Authorization", "Bearer " + token.value());
    return load(url, privateAddresses, authorization, deadline, budget);
  }

  /**
   * Reads what is not FHIR and open to all.
   *
   * @param deadline when the request is cut off, wherever it is
   */
  FetchOutcome loadPlain(URI url, boolean privateAddresses, Deadline deadline, ByteBudget budget) {
    Header accept = new Header("Accept", "application/json");
    return load(url, privateAddresses, accept, deadline, budget);
  }

  private FetchOutcome load(
      URI url, boolean privateAddresses, Header header, Deadline deadline, ByteBudget budget) {
    Duration left = deadline.left();
    if (left.toMillis() == 0) {
      return new NotFetched(Reason.TIMED_OUT);
    }
    ApacheHttpRequest request = request(privateAddresses ? toPrivate : toPublic, url);
    HttpRequestBase http = request.getApacheRequest();
    http.setHeader(header.getName(), header.getValue());
    http.setConfig(config(left));
    Future<?> alarm = watch.schedule(http::abort, left.toNanos(), TimeUnit.NANOSECONDS);
    @Nullable IHttpResponse response = null;
    try {
      response = request.execute();
      return answer(response, budget);
    } catch (CheckedAddresses.Forbidden e) {
      return new NotFetched(Reason.FORBIDDEN_ADDRESS);
    } catch (SocketTimeoutException | ConnectTimeoutException e) {
      return new NotFetched(Reason.TIMED_OUT);
    } catch (ZipException | EOFException e) {
      return new NotFetched(Reason.UNUSABLE);
    } catch (IOException e) {
      return new NotFetched(deadline.passed() ? Reason.TIMED_OUT : Reason.UNREACHABLE);
    } finally {
      alarm.cancel(false);
      // Without it, closing would read what is left of the body. No effect on one read to its end.
      http.abort();
      if (response != null) {
        response.close();
      }
    }
  }

  private static ApacheHttpRequest request(CloseableHttpClient client, URI url) {
    List<Header> headers = List.of(new Header("Accept-Encoding", "gzip"));
    return (ApacheHttpRequest)
        new ApacheHttpClient(
                client, new StringBuilder(url.toString()), null, null, RequestTypeEnum.GET, headers)
            .createGetRequest(FHIR, EncodingEnum.JSON);
  }

  private static RequestConfig config(Duration left) {
    return RequestConfig.custom()
        .setConnectTimeout(millis(CONNECT, left))
        .setConnectionRequestTimeout(millis(CONNECT, left))
        .setSocketTimeout(millis(SILENCE, left))
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setNormalizeUri(false)
        .build();
  }

  private static int millis(Duration longest, Duration left) {
    return (int) Math.min(longest.toMillis(), left.toMillis());
  }

  private static FetchOutcome answer(IHttpResponse response, ByteBudget budget) throws IOException {
    if (response.getStatus() != 200) {
      return new NotFetched(Reason.of(response.getStatus()));
    }
    List<String> encodings = response.getHeaders("Content-Encoding");
    boolean gzip = encodings.equals(List.of("gzip"));
    @Nullable InputStream body = response.readEntity();
    if (body == null || !gzip && !encodings.isEmpty() && !encodings.equals(List.of("identity"))) {
      return new NotFetched(Reason.UNUSABLE);
    }
    try {
      byte[] bytes = budget.read(body, gzip);
      return parsed(bytes);
    } catch (ByteBudget.Exceeded e) {
      return new NotFetched(Reason.TOO_LARGE);
    }
  }

  private static FetchOutcome parsed(byte[] bytes) {
    try {
      JsonNode json = FhirJson.MAPPER.readTree(bytes);
      return json != null && json.isObject() ? new Found(json) : new NotFetched(Reason.UNUSABLE);
    } catch (IOException e) {
      return new NotFetched(Reason.UNUSABLE);
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    try (toPublic;
        toPrivate) {
      // Closed here, also when the first one fails
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the connections to FHIR servers", e);
    }
  }
}
