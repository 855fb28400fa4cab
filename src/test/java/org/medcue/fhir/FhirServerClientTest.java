package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.fhir.FetchOutcome.Found;
import org.medcue.fhir.FetchOutcome.NotFetched;
import org.medcue.fhir.FetchOutcome.Reason;
import org.medcue.harness.FhirListener;

class FhirServerClientTest {

  private static final AccessToken TOKEN = new AccessToken("secret-token");
  private static final String SEARCH = "Condition?patient=1&_count=500";

  private final FhirListener ehr = new FhirListener();
  private final AllowedFhirServer server = new AllowedFhirServer(ehr.base(), true);
  private final FhirServerClient client = new FhirServerClient();

  @AfterEach
  void close() {
    client.close();
    ehr.close();
  }

  private FetchOutcome fetch(String query) {
    return client.fetch(server, query, TOKEN, Deadline.in(Duration.ofSeconds(30)));
  }

  private JsonNode found(String query) {
    FetchOutcome outcome = fetch(query);
    assertThat(outcome).isInstanceOf(Found.class);
    return ((Found) outcome).content();
  }

  private static NotFetched because(Reason reason) {
    return new NotFetched(reason);
  }

  private String page(int number, String next) {
    return """
    {"resourceType":"Bundle","type":"searchset","entry":[
      {"resource":{"resourceType":"Condition","id":"c-%d"}}],
     "link":[{"relation":"self","url":"%s"}%s]}"""
        .formatted(
            number,
            ehr.base(),
            next.isEmpty() ? "" : ",{\"relation\":\"next\",\"url\":\"" + ehr.base() + next + "\"}");
  }

  private static List<String> ids(JsonNode bundle) {
    return bundle.findValuesAsText("id");
  }

  @Test
  void resourceIsReadWithTheToken() {
    ehr.onJson("/fhir/Patient/1", "{\"resourceType\":\"Patient\",\"id\":\"1\"}");

    assertThat(found("Patient/1").path("resourceType").asText()).isEqualTo("Patient");
    assertThat(ehr.authorizations()).containsExactly("Bearer secret-token");
  }

  @Test
  void searchIsAskedAsTheTemplateSays() {
    ehr.onJson("/fhir/" + SEARCH, page(1, ""));

    assertThat(ids(found(SEARCH))).containsExactly("c-1");
    assertThat(ehr.requests()).containsExactly("/fhir/" + SEARCH);
  }

  @Test
  void pagesAreJoinedIntoOneBundleThatIsComplete() {
    ehr.onJson("/fhir/" + SEARCH, page(1, "?_getpages=a&n=2"));
    ehr.onJson("/fhir?_getpages=a&n=2", page(2, "/Condition?n=3"));
    ehr.onJson("/fhir/Condition?n=3", page(3, ""));

    JsonNode bundle = found(SEARCH);

    assertThat(ids(bundle)).containsExactly("c-1", "c-2", "c-3");
    assertThat(SentResources.isPart(bundle)).isFalse();
    assertThat(ehr.authorizations()).hasSize(3).containsOnly("Bearer secret-token");
  }

  @Test
  void endlessPagesAreFollowedUpToABound() {
    int[] number = {0};
    ehr.on(
        "/fhir/Condition",
        exchange ->
            FhirListener.send(exchange, 200, page(++number[0], "/Condition?n=" + number[0])));

    JsonNode bundle = found(SEARCH);

    assertThat(ids(bundle)).hasSize(FhirServerClient.MAX_PAGES);
    assertThat(SentResources.isPart(bundle)).isTrue();
    assertThat(ehr.requests()).hasSize(FhirServerClient.MAX_PAGES);
  }

  @Test
  void pagesInACircleAreReadOnce() {
    ehr.onJson("/fhir/" + SEARCH, page(1, "/Condition?n=2"));
    ehr.onJson("/fhir/Condition?n=2", page(2, "/" + SEARCH));

    JsonNode bundle = found(SEARCH);

    assertThat(ids(bundle)).containsExactly("c-1", "c-2");
    assertThat(SentResources.isPart(bundle)).isTrue();
  }

  @Test
  void whatCameBeforeAPageThatFailsIsKeptAndMarkedAsPart() {
    ehr.onJson("/fhir/" + SEARCH, page(1, "/Condition?n=2"));
    ehr.on("/fhir/Condition?n=2", exchange -> FhirListener.send(exchange, 500, ""));

    JsonNode bundle = found(SEARCH);

    assertThat(ids(bundle)).containsExactly("c-1");
    assertThat(SentResources.isPart(bundle)).isTrue();
  }

  @Test
  void noMoreResourcesAreKeptThanAPrefetchKeyMayHold() {
    String entry = "{\"resource\":{\"resourceType\":\"Condition\"}}";
    String entries = (entry + ",").repeat(PrefetchContent.MAX_RESOURCES) + entry;
    ehr.onJson("/fhir/Condition", "{\"resourceType\":\"Bundle\",\"entry\":[" + entries + "]}");

    JsonNode bundle = found(SEARCH);

    assertThat(bundle.path("entry").size()).isEqualTo(PrefetchContent.MAX_RESOURCES);
    assertThat(SentResources.isPart(bundle)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "401, TOKEN_REFUSED",
    "403, TOKEN_REFUSED",
    "404, NOT_FOUND",
    "410, NOT_FOUND",
    "400, QUERY_REFUSED",
    "429, SERVER_ERROR",
    "500, SERVER_ERROR",
    "503, SERVER_ERROR",
    "204, SERVER_ERROR"
  })
  void statusSaysWhyThereIsNothing(int status, Reason reason) {
    ehr.on("/fhir/Patient/1", exchange -> exchange.sendResponseHeaders(status, -1));

    assertThat(fetch("Patient/1")).isEqualTo(because(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "<Patient xmlns='http://hl7.org/fhir'/>",
        "[]",
        "null",
        "{}",
        "{\"resourceType\":\"Patient\",\"id\":\"1\"} {}",
        "{\"resourceType\":\"Patient\",\"id\":\"2\"}",
        "{\"resourceType\":\"Patient\"}",
        "{\"resourceType\":\"Observation\",\"id\":\"1\"}",
        "{\"resourceType\":\"OperationOutcome\"}",
        "{\"resourceType\":\"Bundle\"}"
      })
  void anotherAnswerThanTheResourceAskedForIsNotRead(String answer) {
    ehr.onJson("/fhir/Patient/1", answer);

    assertThat(fetch("Patient/1")).isEqualTo(because(Reason.UNUSABLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Condition\",\"id\":\"1\"}",
        "{\"resourceType\":\"Bundle\",\"entry\":{}}",
        "{\"resourceType\":\"Bundle\",\"entry\":\"x\"}"
      })
  void searchMustAnswerWithABundle(String answer) {
    ehr.onJson("/fhir/Condition", answer);

    assertThat(fetch(SEARCH)).isEqualTo(because(Reason.UNUSABLE));
  }

  @Test
  void nestingThatWouldBreakAReaderIsNotRead() {
    ehr.onJson("/fhir/Patient/1", "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000));

    assertThat(fetch("Patient/1")).isEqualTo(because(Reason.UNUSABLE));
  }

  private static void drip(HttpExchange exchange, byte[] bytes, long times) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (long i = 0; i < times; i++) {
        out.write(bytes);
      }
    }
  }

  @Test
  void bodyLargerThanTheBoundIsNotReadToItsEnd() throws Exception {
    byte[] block = new byte[1024 * 1024];
    CountDownLatch cut = new CountDownLatch(1);
    ehr.on(
        "/fhir/Patient/1",
        exchange -> {
          try {
            drip(exchange, block, 1_000);
          } catch (IOException e) {
            cut.countDown();
          }
        });

    assertThat(fetch("Patient/1")).isEqualTo(because(Reason.TOO_LARGE));
    assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void boundHoldsForAllPagesTogether() {
    String filling = " ".repeat(4 * 1024 * 1024);
    ehr.onJson("/fhir/" + SEARCH, page(1, "/Condition?n=2") + filling);
    ehr.onJson("/fhir/Condition?n=2", page(2, "/Condition?n=3") + filling);
    ehr.onJson("/fhir/Condition?n=3", page(3, "") + filling);

    JsonNode bundle = found(SEARCH);

    assertThat(ids(bundle)).containsExactly("c-1", "c-2");
    assertThat(SentResources.isPart(bundle)).isTrue();
  }

  private static byte[] gzip(byte[] start, int megabytesOfNothing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(start);
      for (int i = 0; i < megabytesOfNothing; i++) {
        out.write(" ".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII));
      }
    }
    return bytes.toByteArray();
  }

  private void answerEncoded(String encoding, byte[] body) {
    ehr.on(
        "/fhir/Patient/1",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", encoding);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        });
  }

  @Test
  void compressedAnswerIsRead() throws IOException {
    byte[] patient = "{\"resourceType\":\"Patient\",\"id\":\"1\"}".getBytes();
    answerEncoded("gzip", gzip(patient, 0));

    assertThat(found("Patient/1").path("id").asText()).isEqualTo("1");
  }

  @Test
  void bombIsNotBlownUp() throws IOException {
    answerEncoded("gzip", gzip(new byte[0], 200));

    assertThat(fetch("Patient/1")).isEqualTo(because(Reason.TOO_LARGE));
  }

  @Test
  void bombInABombIsNotEvenOpened() throws IOException {
    answerEncoded("gzip, gzip", gzip(gzip(new byte[0], 200), 0));

    assertThat(fetch("Patient/1")).isEqualTo(because(Reason.UNUSABLE));
  }

  @Test
  void brokenCompressionIsNoAnswer() {
    answerEncoded("gzip", "no gzip".getBytes());

    assertThat(fetch("Patient/1")).isEqualTo(because(Reason.UNUSABLE));
  }

  /** A server that speaks bytes; what happened to its first connection is what is waited for. */
  private static CountDownLatch speak(ServerSocket socket, byte[] first, byte[] again) {
    CountDownLatch cut = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try (Socket visitor = socket.accept();
                  OutputStream out = visitor.getOutputStream()) {
                out.write(first);
                while (again.length > 0) {
                  out.write(again);
                  out.flush();
                  Thread.sleep(20);
                }
              } catch (IOException e) {
                cut.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return cut;
  }

  private FetchOutcome fetchFrom(ServerSocket socket, Duration time) {
    String base = "http://127.0.0.1:" + socket.getLocalPort() + "/fhir";
    return client.fetch(new AllowedFhirServer(base, true), "Patient/1", TOKEN, Deadline.in(time));
  }

  private static ServerSocket local() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
  }

  @Test
  void dripPastTheDeadlineIsCutOff() throws Exception {
    try (ServerSocket socket = local()) {
      byte[] head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{".getBytes();
      CountDownLatch cut = speak(socket, head, " ".getBytes());

      assertThat(fetchFrom(socket, Duration.ofMillis(400))).isEqualTo(because(Reason.TIMED_OUT));
      assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void dripOfHeadersIsCutOff() throws Exception {
    try (ServerSocket socket = local()) {
      CountDownLatch cut = speak(socket, "HTTP/1.1 200 OK\r\n".getBytes(), "X: y\r\n".getBytes());

      assertThat(fetchFrom(socket, Duration.ofMillis(400))).isEqualTo(because(Reason.TIMED_OUT));
      assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void silenceIsNotWaitedForBeyondTheDeadline() throws Exception {
    try (ServerSocket socket = local()) {
      assertThat(fetchFrom(socket, Duration.ofMillis(300))).isEqualTo(because(Reason.TIMED_OUT));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void garbageInsteadOfHttpIsNoAnswer(int kind) throws Exception {
    String garbage =
        List.of(
                "\0\1\2\3\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000) + "\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000) + "\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}")
            .get(kind);
    try (ServerSocket socket = local()) {
      speak(socket, garbage.getBytes(StandardCharsets.ISO_8859_1), new byte[0]);

      assertThat(fetchFrom(socket, Duration.ofSeconds(30))).isEqualTo(because(Reason.UNREACHABLE));
    }
  }

  @Test
  void nobodyThereIsUnreachable() throws IOException {
    ServerSocket socket = local();
    socket.close();

    assertThat(fetchFrom(socket, Duration.ofSeconds(30))).isEqualTo(because(Reason.UNREACHABLE));
  }

  @Test
  void serverThatCannotProveItsNameIsNotSentTheToken(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    int made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                keys.toString())
            .start()
            .waitFor();
    assertThat(made).isZero();
    KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, "changeit".toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(factory.getKeyManagers(), null, null);
    AtomicInteger asked = new AtomicInteger();
    HttpsServer impostor =
        HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 5);
    impostor.setHttpsConfigurator(new HttpsConfigurator(tls));
    impostor.createContext("/", exchange -> asked.incrementAndGet());
    impostor.start();
    try {
      String base = "https://127.0.0.1:" + impostor.getAddress().getPort() + "/fhir";

      FetchOutcome outcome =
          client.fetch(
              new AllowedFhirServer(base, true),
              "Patient/1",
              TOKEN,
              Deadline.in(Duration.ofSeconds(30)));

      assertThat(outcome).isEqualTo(because(Reason.UNREACHABLE));
      assertThat(asked).hasValue(0);
    } finally {
      impostor.stop(0);
    }
  }

  @Test
  void nothingIsAskedWhenTheTimeIsOver() {
    assertThat(client.fetch(server, "Patient/1", TOKEN, Deadline.in(Duration.ZERO)))
        .isEqualTo(because(Reason.TIMED_OUT));
    assertThat(ehr.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/..",
        "Patient/1/../../admin",
        "../admin",
        "Patient",
        "Patient/1?x#y",
        "Patient?x=a b",
        "http://other.test/Patient/1",
        ""
      })
  void whatIsNoQueryIsNotAsked(String query) {
    assertThat(fetch(query)).isEqualTo(because(Reason.QUERY_REFUSED));
    assertThat(ehr.requests()).isEmpty();
  }

  @Test
  void cookiesAreNeitherKeptNorSent() {
    ehr.on(
        "/fhir/Patient/1",
        exchange -> {
          String cookie = exchange.getRequestHeaders().getFirst("Cookie");
          exchange.getResponseHeaders().set("Set-Cookie", "session=1; Path=/");
          FhirListener.send(exchange, cookie == null ? 404 : 500, "");
        });

    assertThat(fetch("Patient/1")).isEqualTo(because(Reason.NOT_FOUND));
    assertThat(fetch("Patient/1")).isEqualTo(because(Reason.NOT_FOUND));
  }

  @Test
  void whatIsSecretIsNotPrinted() {
    assertThat(TOKEN.toString()).doesNotContain("secret");
    ehr.onJson("/fhir/Patient/1", "{\"resourceType\":\"Patient\",\"id\":\"1\"}");
    assertThat(fetch("Patient/1").toString()).isEqualTo("Found");
  }
}
