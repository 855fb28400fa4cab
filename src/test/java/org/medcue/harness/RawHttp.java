package org.medcue.harness;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection that sends just what a test says, which no HTTP client would. */
public final class RawHttp implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String HEAD_END = "\r\n\r\n";

  private final Socket socket;

  private RawHttp(Socket socket) {
    this.socket = socket;
  }

  public static RawHttp open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return new RawHttp(socket);
  }

  /** Sends the lines of a head on a connection of its own; the whole answer. */
  public static String ask(String... head) throws IOException {
    try (RawHttp http = open()) {
      http.send(String.join("\r\n", head) + "\r\nConnection: close" + HEAD_END);
      return new String(http.socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The status of an answer; 0 where there is none. */
  public static int status(String answer) {
    return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  public void send(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Sends a byte now and then until there is an answer; its head. */
  public String headWhileDripping() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (socket.getInputStream().available() == 0 && System.nanoTime() < end) {
      send(" ");
      Thread.sleep(250);
    }
    return head();
  }

  /** The head of the next answer, without its body. */
  public String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(HEAD_END) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Reads what arrived of a body by now. */
  public void skipBody() throws IOException {
    while (socket.getInputStream().available() > 0) {
      socket.getInputStream().readNBytes(socket.getInputStream().available());
    }
  }

  /** Whether the connection is ended, however much is sent on. */
  public boolean isHungUpWhileDripping() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      socket.setSoTimeout(250);
      while (System.nanoTime() < end) {
        send(" ");
        if (readOn()) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private boolean readOn() throws IOException {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
