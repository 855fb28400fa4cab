package org.medcue.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on this machine that answers as it is told and remembers what it was asked. */
public final class FhirListener implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  public FhirListener() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().toString();
    requests.add(asked);
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    HttpHandler answer = answers.get(asked);
    if (answer == null) {
      answer = answers.get(exchange.getRequestURI().getPath());
    }
    try (exchange) {
      if (answer == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        answer.handle(exchange);
      }
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The base URL under its address. */
  public String base() {
    return "http://127.0.0.1:" + port() + "/fhir";
  }

  /** What is asked with this path, or this path and query. */
  public void on(String path, HttpHandler answer) {
    answers.put(path, answer);
  }

  public void onJson(String path, String json) {
    on(path, exchange -> send(exchange, 200, json));
  }

  public static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** Paths with their queries, in the order of their arrival. */
  public List<String> requests() {
    return requests;
  }

  public List<String> authorizations() {
    return authorizations;
  }

  public void forget() {
    answers.clear();
    requests.clear();
    authorizations.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
