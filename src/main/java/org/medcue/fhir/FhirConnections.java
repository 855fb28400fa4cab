package org.medcue.fhir;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;
import org.apache.http.ssl.SSLContexts;

/** Makes HTTP clients that do what they are told and nothing of their own. */
final class FhirConnections {

  private static final int MAX_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_AT_ONE_SERVER = 64;
  private static final int MAX_AT_ONCE = 256;

  /** So that a server that moved is found again. */
  private static final Duration LONGEST_KEPT = Duration.ofMinutes(1);

  private static final int STALE_AFTER_MILLIS = 500;

  private FhirConnections() {}

  /** Sockets that go straight to their address, whatever proxy this machine is told to use. */
  static ConnectionSocketFactory plain() {
    return new PlainConnectionSocketFactory() {
      @Override
      public Socket createSocket(HttpContext context) {
        return new Socket(Proxy.NO_PROXY);
      }
    };
  }

  private static ConnectionSocketFactory tls() {
    return new SSLConnectionSocketFactory(SSLContexts.createDefault()) {
      @Override
      public Socket createSocket(HttpContext context) throws IOException {
        return new Socket(Proxy.NO_PROXY);
      }
    };
  }

  /**
   * A client without redirects, proxies, cookies, retries, log-in and decompression: each would
   * call or send what nobody asked for.
   */
  static CloseableHttpClient client(DnsResolver names, ConnectionSocketFactory plain) {
    Registry<ConnectionSocketFactory> sockets =
        RegistryBuilder.<ConnectionSocketFactory>create()
            .register("http", plain)
            .register("https", tls())
            .build();
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(
            sockets, null, null, names, LONGEST_KEPT.toMillis(), TimeUnit.MILLISECONDS);
    connections.setDefaultMaxPerRoute(MAX_AT_ONE_SERVER);
    connections.setMaxTotal(MAX_AT_ONCE);
    connections.setValidateAfterInactivity(STALE_AFTER_MILLIS);
    connections.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setMessageConstraints(
                MessageConstraints.custom()
                    .setMaxLineLength(MAX_LINE)
                    .setMaxHeaderCount(MAX_HEADERS)
                    .build())
            .build());
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .evictExpiredConnections()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAutomaticRetries()
        .disableAuthCaching()
        .disableConnectionState()
        .disableContentCompression()
        .build();
  }
}
