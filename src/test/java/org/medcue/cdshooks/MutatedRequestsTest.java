package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.DIALOGUE;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.dialogue;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.order;
import static org.medcue.harness.HookRequests.parse;
import static org.medcue.harness.HookRequests.prefetch;
import static org.medcue.harness.HookRequests.recorded;
import static org.medcue.harness.HookRequests.searchset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.harness.JsonMutator;
import org.medcue.harness.ListedServers;
import org.medcue.harness.LogRecorder;
import org.medcue.harness.PostgresResource;

/**
 * Valid requests changed at random, as many as {@code -Dmedcue.mutations} says: whatever arrives is
 * answered in time, with cards or a client error, and tells nothing of the patient.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(FhirServerFetchTest.MoreTime.class)
class MutatedRequestsTest {

  private static final int MUTATIONS = Integer.getInteger("medcue.mutations", 2_000);
  private static final long SEED = Long.getLong("medcue.mutations.seed", 20261123);
  private static final int CLIENTS = 4;
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Set<Integer> ALLOWED = Set.of(200, 400, 412, 413, 415);
  private static final String NAME = "Nezahualcoyotl";
  private static final String TOKEN = "eyJ-only-for-the-fhir-server";
  private static final AllowedFhirServer CLOSED =
      new AllowedFhirServer("http://127.0.0.1:1/fhir", true);
  private static final String MESSAGE = "这句话只给医生看";

  private record Valid(String path, ObjectNode body) {}

  private final HttpClient client = HttpClient.newHttpClient();

  private static List<Valid> valid() {
    ObjectNode named = minimal();
    ((ObjectNode) prefetch(named).path("patient")).putArray("name").addObject().put("family", NAME);
    prefetch(named)
        .set(
            "medications",
            searchset(
                order(named, "m-1", "active", "314076"), order(named, "m-2", "completed", "1")));
    // Listed and closed, so that the fetch is tried; mutated it is another server, or none
    ObjectNode fetching = minimal();
    prefetch(fetching).remove("conditions");
    fetching.put("fhirServer", CLOSED.base());
    fetching
        .putObject("fhirAuthorization")
        .put("access_token", TOKEN)
        .put("token_type", "Bearer")
        .put("expires_in", 300)
        .put("scope", "patient/*.read")
        .put("subject", "cds-service");
    ObjectNode feedback =
        parse(
            """
            {"feedback": [
              {"card": "00000000-0000-0000-0000-000000000001", "outcome": "accepted",
               "outcomeTimestamp": "2026-11-23T08:00:00Z",
               "acceptedSuggestions": [{"id": "00000000-0000-0000-0000-000000000002"}]},
              {"card": "00000000-0000-0000-0000-000000000003", "outcome": "overridden",
               "outcomeTimestamp": "2026-11-23T08:00:01+02:00",
               "overrideReason": {"reason": {"code": "other", "system": "urn:x", "display": "x"},
                                  "userComment": "NAME"}}]}
            """
                .replace("NAME", NAME));
    return List.of(
        new Valid(SERVICE, named),
        new Valid(SERVICE, fetching),
        new Valid(SERVICE, parse(recorded("/cds-hooks-sandbox/sandbox-request-order-select.json"))),
        new Valid(SERVICE, parse(recorded("/demo/acute-bronchitis.json"))),
        new Valid(DIALOGUE, dialogue("P:反酸" + MESSAGE, "D:吃奥美拉唑")),
        new Valid(FEEDBACK, feedback));
  }

  @Test
  void everyMutationIsAnsweredAndNothingOfThePatientIsLogged() throws Exception {
    ListedServers.list(CLOSED);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (LogRecorder log = LogRecorder.open()) {
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        long seed = SEED + i;
        answers.add(clients.submit(() -> faults(seed, MUTATIONS / CLIENTS)));
      }
      for (Future<List<String>> faults : answers) {
        assertThat(faults.get()).isEmpty();
      }
      assertThat(log.lines())
          .noneMatch(line -> Stream.of(NAME, MESSAGE, TOKEN).anyMatch(line::contains));
    } finally {
      clients.shutdownNow();
    }
  }

  /** What went wrong, with the numbers that make it happen again. */
  private List<String> faults(long seed, int count) throws InterruptedException {
    List<String> faults = new ArrayList<>();
    List<Valid> valid = valid();
    JsonMutator mutator = new JsonMutator(seed);
    Random choice = new Random(seed);
    for (int i = 0; i < count && faults.size() < 10; i++) {
      Valid one = valid.get(choice.nextInt(valid.size()));
      String body = mutator.mutate(one.body());
      String where = one.path() + ", mutation " + i + " of seed " + seed;
      try {
        HttpResponse<String> answer = post(one.path(), body);
        if (!ALLOWED.contains(answer.statusCode())) {
          faults.add(where + ": " + answer.statusCode());
        } else if (answer.statusCode() != 200 && answer.body().contains(NAME)
            || answer.body().contains(TOKEN)) {
          faults.add(where + ": an error that names the patient");
        }
      } catch (IOException e) {
        faults.add(where + ": " + e);
      }
    }
    return faults;
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .header("Content-Type", "application/json")
            .timeout(DEADLINE)
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build(),
        BodyHandlers.ofString());
  }
}
