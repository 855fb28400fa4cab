package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.minimal;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.RawHttp;
import org.medcue.harness.Tokens;

/** Clients that send their bodies a byte at a time. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class SlowSenderTest {

  /** More than there are places for calls. */
  private static final int SENDERS = 2 * Runtime.getRuntime().availableProcessors() + 2;

  private static RawHttp sender(String method, String path, String... headers) throws IOException {
    RawHttp sender = RawHttp.open();
    sender.send(head(method, path, 100_000, headers) + "{\"hook\"");
    return sender;
  }

  private static String head(String method, String path, long length, String... headers) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
    head.append("Content-Type: application/json\r\nContent-Length: ").append(length);
    for (String header : headers) {
      head.append("\r\n").append(header);
    }
    return head.append("\r\n\r\n").toString();
  }

  @Test
  void keepNobodyElseFromAnAnswerAndAreRefused() throws Exception {
    List<RawHttp> senders = new ArrayList<>();
    try {
      for (int i = 0; i < SENDERS; i++) {
        senders.add(sender("POST", SERVICE));
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

      assertThat(senders.get(0).headWhileDripping()).startsWith("HTTP/1.1 408 ");
      assertThat(senders.get(0).isHungUpWhileDripping()).isTrue();
    } finally {
      for (RawHttp sender : senders) {
        sender.close();
      }
    }
  }

  private static void drip(List<RawHttp> senders) throws Exception {
    for (RawHttp sender : senders) {
      sender.send(" ");
    }
    Thread.sleep(250);
  }

  @Test
  void areRefusedByTheApiAsWell() throws Exception {
    String token = "Authorization: Bearer " + Tokens.of("adam");

    try (RawHttp sender = sender("PUT", "/api/tenants/slow", token, "If-None-Match: *")) {
      assertThat(sender.headWhileDripping()).startsWith("HTTP/1.1 408 ");
      assertThat(sender.isHungUpWhileDripping()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/openapi", "/nosuch", "/console/cards", "/api/tenants/slow"})
  void areHungUpOnWhereNobodyReadsWhatTheySend(String path) throws Exception {
    try (RawHttp sender = sender("POST", path)) {
      assertThat(sender.headWhileDripping()).startsWith("HTTP/1.1 ");
      assertThat(sender.isHungUpWhileDripping()).isTrue();
    }
  }

  @Test
  void areHungUpOnWhenTheyAnnouncedTooMuch() throws Exception {
    try (RawHttp sender = RawHttp.open()) {
      sender.send(head("POST", SERVICE, 11_000_000));

      assertThat(sender.headWhileDripping()).startsWith("HTTP/1.1 413 ");
      assertThat(sender.isHungUpWhileDripping()).isTrue();
    }
  }

  @Test
  void connectionOfWhoSentAllIsKeptThoughNobodyReadIt() throws Exception {
    try (RawHttp sender = RawHttp.open()) {
      String body = " ".repeat(50_000);
      for (int i = 0; i < 2; i++) {
        sender.send(head("POST", "/nosuch", body.length()) + body);
        assertThat(sender.head()).startsWith("HTTP/1.1 404 ");
        // Longer than somebody who goes on sending is waited for
        Thread.sleep(3_000);
        sender.skipBody();
      }
    }
  }
}
