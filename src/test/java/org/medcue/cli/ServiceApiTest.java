package org.medcue.cli;

import static org.medcue.cli.Result.medcue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** What is said where a service does not answer. */
class ServiceApiTest {

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static Result list(ServerSocket service) {
    return medcue(
        "registry", "list", "--timeout=1", "--url=http://127.0.0.1:" + service.getLocalPort());
  }

  @Test
  void serviceThatIsNotThereIsToBeStarted() throws IOException {
    ServerSocket service = listening();
    service.close();

    list(service).isOneLine("no service answers", "start one first");
  }

  @Test
  void serviceThatDoesNotAnswerInTimeMayHaveDoneIt() throws IOException {
    try (ServerSocket service = listening()) {
      list(service).isOneLine("did not answer within 1 s", "look before you ask again");
    }
  }

  @Test
  void timeoutIsAtLeastASecond() {
    medcue("registry", "list", "--timeout=0").isOneLine("--timeout");
  }
}
