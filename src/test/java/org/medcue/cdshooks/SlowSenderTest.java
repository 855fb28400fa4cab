package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.minimal;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medcue.harness.PostgresResource;

/** Clients that send their bodies a byte at a time. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SlowSenderTest {

  /** More than there are places for calls. */
  private static final int SENDERS = 2 * Runtime.getRuntime().availableProcessors() + 2;

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static Socket sender() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    send(
        socket,
        "POST "
            + SERVICE
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100000\r\n\r\n{\"hook\"");
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Test
  void keepNobodyElseFromAnAnswerAndAreRefused() throws Exception {
    List<Socket> senders = new ArrayList<>();
    try {
      for (int i = 0; i < SENDERS; i++) {
        senders.add(sender());
      }
      // Time enough for their calls to be where they would take a place
      for (int i = 0; i < 4; i++) {
        drip(senders);
      }

      given()
          .contentType(ContentType.JSON)
          .body(minimal().toString())
          .post(SERVICE)
          .then()
          .statusCode(200);

      assertThat(answer(senders.get(0))).startsWith("HTTP/1.1 408 ");
      assertThat(isHungUpOn(senders.get(0))).isTrue();
    } finally {
      for (Socket socket : senders) {
        socket.close();
      }
    }
  }

  private static void drip(List<Socket> senders) throws Exception {
    for (Socket socket : senders) {
      send(socket, " ");
    }
    Thread.sleep(250);
  }

  /** Whether the connection ends, however much it sends on. */
  private static boolean isHungUpOn(Socket sender) {
    try {
      sender.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** The beginning of what it hears, while it goes on. */
  private static String answer(Socket sender) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (sender.getInputStream().available() == 0 && System.nanoTime() < end) {
      send(sender, " ");
      Thread.sleep(250);
    }
    return new String(sender.getInputStream().readNBytes(20), StandardCharsets.UTF_8);
  }
}
