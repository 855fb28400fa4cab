package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.http.HttpHost;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.fhir.FetchOutcome.Found;
import org.medcue.fhir.FetchOutcome.NotFetched;
import org.medcue.fhir.FetchOutcome.Reason;
import org.medcue.harness.FhirListener;

/**
 * Servers that a request may not reach by naming them (SSRF): listeners on this machine receive
 * nothing, and no connection to anywhere is tried.
 */
class ForbiddenTargetsTest {

  private static final AccessToken TOKEN = new AccessToken("secret-token");
  private static final InetAddress PUBLIC = address("8.8.8.8");

  /** Listens on both loopback addresses and counts who comes. */
  private static final class Listeners implements AutoCloseable {
    private final ServerSocket ipv4 = new ServerSocket(0, 50, address("127.0.0.1"));
    private final ServerSocket ipv6 = new ServerSocket(ipv4.getLocalPort(), 50, address("::1"));
    private final BlockingQueue<Integer> ipv4Visitors = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ipv6Visitors = new LinkedBlockingQueue<>();

    Listeners() throws IOException {
      listen(ipv4, ipv4Visitors);
      listen(ipv6, ipv6Visitors);
    }

    private static void listen(ServerSocket listener, BlockingQueue<Integer> visitors) {
      Thread thread = new Thread(() -> count(listener, visitors));
      thread.setDaemon(true);
      thread.start();
    }

    private static void count(ServerSocket listener, BlockingQueue<Integer> visitors) {
      while (!listener.isClosed()) {
        try (Socket visitor = listener.accept()) {
          visitors.add(visitor.getPort());
          visitor.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n{}".getBytes());
        } catch (IOException e) {
          // went away again, or the test ended
        }
      }
    }

    int port() {
      return ipv4.getLocalPort();
    }

    /** How many came before a visitor of our own on each address, who must be seen as well. */
    int received() throws Exception {
      return before(ipv4, ipv4Visitors) + before(ipv6, ipv6Visitors);
    }

    private static int before(ServerSocket listener, BlockingQueue<Integer> visitors)
        throws Exception {
      int own;
      try (Socket visitor = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
        own = visitor.getLocalPort();
      }
      int others = 0;
      while (visitors.take() != own) {
        others++;
      }
      return others;
    }

    @Override
    public void close() throws IOException {
      ipv4.close();
      ipv6.close();
    }
  }

  /** Connects to this machine for real, and to nowhere else; remembers what was tried. */
  private static final class Connections implements ConnectionSocketFactory {
    private final ConnectionSocketFactory real = FhirConnections.plain();
    private final List<InetAddress> tried = new CopyOnWriteArrayList<>();

    @Override
    public Socket createSocket(HttpContext context) throws IOException {
      return real.createSocket(context);
    }

    @Override
    public Socket connectSocket(
        int timeout,
        Socket socket,
        HttpHost host,
        InetSocketAddress remote,
        InetSocketAddress local,
        HttpContext context)
        throws IOException {
      tried.add(remote.getAddress());
      if (!remote.getAddress().isLoopbackAddress()) {
        throw new ConnectException("only this machine is called in tests");
      }
      return real.connectSocket(timeout, socket, host, remote, local, context);
    }
  }

  private final Connections connections = new Connections();
  private Listeners listeners;

  @BeforeEach
  void listen() throws IOException {
    listeners = new Listeners();
  }

  @AfterEach
  void stop() throws IOException {
    listeners.close();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Literals are what they are; every name is this machine. */
  private static InetAddress[] resolve(String host) throws UnknownHostException {
    boolean literal = host.contains(":") || host.matches("[0-9.]+");
    return literal
        ? InetAddress.getAllByName(host)
        : new InetAddress[] {PUBLIC, address("127.0.0.1"), address("::1")};
  }

  private FetchOutcome fetch(DnsResolver names, AllowedFhirServer server) {
    try (FhirServerClient client = new FhirServerClient(names, connections)) {
      return client.fetch(server, "Patient/1", TOKEN, Deadline.in(Duration.ofSeconds(20)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/fhir",
        "http://127.0.0.2:%d/fhir",
        "http://127.1:%d/fhir",
        "http://127.0.0.1.:%d/fhir",
        "http://2130706433:%d/fhir",
        "http://0x7f000001:%d/fhir",
        "http://0x7f.0x0.0x0.0x1:%d/fhir",
        "http://017700000001:%d/fhir",
        "http://0177.0.0.1:%d/fhir",
        "http://0:%d/fhir",
        "http://0.0.0.0:%d/fhir",
        "http://[::1]:%d/fhir",
        "http://[0:0:0:0:0:0:0:1]:%d/fhir",
        "http://[::]:%d/fhir",
        "http://[::127.0.0.1]:%d/fhir",
        "http://[::ffff:127.0.0.1]:%d/fhir",
        "http://[::ffff:7f00:1]:%d/fhir",
        "http://[64:ff9b::7f00:1]:%d/fhir",
        "http://[2002:7f00:1::]:%d/fhir",
        "http://[fe80::1]:%d/fhir",
        "http://[fe80::1%%25lo]:%d/fhir",
        "http://[fd00:ec2::254]:%d/latest/meta-data",
        "http://169.254.169.254:%d/latest/meta-data",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:a9fe:a9fe]:%d/latest/meta-data",
        "http://2852039166:%d/latest/meta-data",
        "http://100.100.100.200:%d/latest/meta-data",
        "http://10.0.0.1:%d/fhir",
        "http://172.16.0.1:%d/fhir",
        "http://192.168.0.1:%d/fhir",
        "http://100.64.0.1:%d/fhir",
        "http://224.0.0.1:%d/fhir",
        "http://255.255.255.255:%d/fhir",
        "http://localhost:%d/fhir",
        "http://LOCALHOST:%d/fhir",
        "http://localhost.:%d/fhir",
        "http://localhost.localdomain:%d/fhir",
        "http://127.0.0.1.nip.io:%d/fhir",
        "http://metadata.google.internal:%d/computeMetadata/v1",
        "http://ⓛocalhost:%d/fhir",
        "http://127。0。0。1:%d/fhir",
        "http://fhir.test@127.0.0.1:%d/fhir",
        "http://fhir.test:80@127.0.0.1:%d/fhir",
        "http://127.0.0.1:%d#@fhir.test/fhir",
        "http://127.0.0.1:%d\\@fhir.test/fhir",
        "http://fhir.test%%2f@127.0.0.1:%d/fhir",
        "http://fhir.test/../../127.0.0.1:%d/fhir",
        "http://fhir.test/fhir\r\nHost: 127.0.0.1:%d",
        "https://127.0.0.1:%d/fhir",
        "//127.0.0.1:%d/fhir",
        "ftp://127.0.0.1:%d/fhir",
        "gopher://127.0.0.1:%d/_GET",
        "file://127.0.0.1/etc/passwd?%d",
        "jar:http://127.0.0.1:%d/x!/y"
      })
  void noListenerHearsOfAServerThatMayNotBeCalled(String form) throws Exception {
    String url = String.format(form, listeners.port());
    AllowedFhirServer listed = new AllowedFhirServer("https://fhir.test/fhir", false);

    assertThat(AllowedFhirServer.find(List.of(listed), url)).isEmpty();
    // Nor where an operator listed just that by mistake
    byMistake(url)
        .ifPresent(
            server ->
                assertThat(fetch(ForbiddenTargetsTest::resolve, server))
                    .isEqualTo(new NotFetched(Reason.FORBIDDEN_ADDRESS)));

    assertThat(connections.tried).isEmpty();
    assertThat(listeners.received()).isZero();
  }

  private static Optional<AllowedFhirServer> byMistake(String url) {
    try {
      return Optional.of(new AllowedFhirServer(url, false));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Test
  void theSameListenerIsReachedWherePrivateAddressesAreListed() throws Exception {
    String base = "http://localhost:" + listeners.port() + "/fhir";

    fetch(host -> new InetAddress[] {address("127.0.0.1")}, new AllowedFhirServer(base, true));

    assertThat(listeners.received()).isEqualTo(1);
  }

  @Test
  void linkLocalAddressesAreNotCalledEvenThere() {
    AllowedFhirServer server = new AllowedFhirServer("http://fhir.test/fhir", true);

    FetchOutcome outcome = fetch(host -> new InetAddress[] {address("169.254.169.254")}, server);

    assertThat(outcome).isEqualTo(new NotFetched(Reason.FORBIDDEN_ADDRESS));
    assertThat(connections.tried).isEmpty();
  }

  @Test
  void nameThatChangesAfterTheCheckIsConnectedToAsItWasChecked() throws Exception {
    Deque<InetAddress> answers = new ArrayDeque<>(List.of(PUBLIC, address("127.0.0.1")));
    String base = "http://fhir.test:" + listeners.port() + "/fhir";
    DnsResolver changing = host -> new InetAddress[] {answers.remove()};

    try (FhirServerClient client = new FhirServerClient(changing, connections)) {
      AllowedFhirServer server = new AllowedFhirServer(base, false);
      FetchOutcome first = client.fetch(server, "Patient/1", TOKEN, inTime());
      assertThat(first).isEqualTo(new NotFetched(Reason.UNREACHABLE));
      assertThat(connections.tried).containsExactly(PUBLIC);
      assertThat(answers).hasSize(1);

      FetchOutcome second = client.fetch(server, "Patient/1", TOKEN, inTime());
      assertThat(second).isEqualTo(new NotFetched(Reason.FORBIDDEN_ADDRESS));
    }

    assertThat(connections.tried).containsExactly(PUBLIC);
    assertThat(listeners.received()).isZero();
  }

  private static Deadline inTime() {
    return Deadline.in(Duration.ofSeconds(20));
  }

  @Test
  void connectionToAPrivateAddressIsNotReusedForWhomItIsNotListed() {
    try (FhirListener ehr = new FhirListener();
        FhirServerClient client =
            new FhirServerClient(ForbiddenTargetsTest::resolve, connections)) {
      ehr.onJson("/fhir/Patient/1", "{\"resourceType\":\"Patient\",\"id\":\"1\"}");

      FetchOutcome permitted =
          client.fetch(new AllowedFhirServer(ehr.base(), true), "Patient/1", TOKEN, inTime());
      FetchOutcome other =
          client.fetch(new AllowedFhirServer(ehr.base(), false), "Patient/1", TOKEN, inTime());

      assertThat(permitted).isInstanceOf(Found.class);
      assertThat(other).isEqualTo(new NotFetched(Reason.FORBIDDEN_ADDRESS));
      assertThat(ehr.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreNotFollowedAnywhere(int status) throws Exception {
    for (String target :
        List.of(
            "http://127.0.0.1:" + listeners.port() + "/fhir/Patient/1",
            "http://169.254.169.254/latest/meta-data")) {
      try (FhirListener ehr = new FhirListener();
          FhirServerClient client =
              new FhirServerClient(ForbiddenTargetsTest::resolve, connections)) {
        ehr.on(
            "/fhir/Patient/1",
            exchange -> {
              exchange.getResponseHeaders().set("Location", target);
              exchange.sendResponseHeaders(status, -1);
            });

        FetchOutcome outcome =
            client.fetch(new AllowedFhirServer(ehr.base(), true), "Patient/1", TOKEN, inTime());

        assertThat(outcome).isEqualTo(new NotFetched(Reason.REDIRECTED));
      }
    }
    assertThat(connections.tried).hasSize(2).containsOnly(address("127.0.0.1"));
    assertThat(listeners.received()).isZero();
  }

  @Test
  void pagesElsewhereAreNotFollowedAndTheBundleStaysMarkedAsPart() throws Exception {
    try (FhirListener ehr = new FhirListener();
        FhirServerClient client =
            new FhirServerClient(ForbiddenTargetsTest::resolve, connections)) {
      ehr.onJson(
          "/fhir/Condition",
          """
          {"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Condition"}}],
           "link":[{"relation":"next","url":"http://127.0.0.1:%d/fhir?page=2"}]}"""
              .formatted(listeners.port()));

      FetchOutcome outcome =
          client.fetch(
              new AllowedFhirServer(ehr.base(), true), "Condition?patient=1", TOKEN, inTime());

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Found.class, found -> assertThat(SentResources.isPart(found.content())).isTrue());
    }
    assertThat(listeners.received()).isZero();
  }

  @Test
  void proxyOfTheMachineIsIgnored() throws Exception {
    List<String> names = List.of("http.proxyHost", "socksProxyHost");
    List<String> ports = List.of("http.proxyPort", "socksProxyPort");
    try (FhirListener ehr = new FhirListener();
        FhirServerClient client =
            new FhirServerClient(ForbiddenTargetsTest::resolve, connections)) {
      names.forEach(name -> System.setProperty(name, "127.0.0.1"));
      ports.forEach(name -> System.setProperty(name, Integer.toString(listeners.port())));
      System.setProperty("http.nonProxyHosts", "");
      System.setProperty("socksNonProxyHosts", "");

      FetchOutcome outcome =
          client.fetch(new AllowedFhirServer(ehr.base(), true), "Patient/1", TOKEN, inTime());

      assertThat(outcome).isEqualTo(new NotFetched(Reason.NOT_FOUND));
      assertThat(ehr.requests()).hasSize(1);
    } finally {
      names.forEach(System::clearProperty);
      ports.forEach(System::clearProperty);
      System.clearProperty("http.nonProxyHosts");
      System.clearProperty("socksNonProxyHosts");
    }
    assertThat(listeners.received()).isZero();
  }
}
