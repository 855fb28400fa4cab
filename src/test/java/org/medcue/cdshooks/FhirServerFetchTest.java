package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.DIALOGUE;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.context;
import static org.medcue.harness.HookRequests.draft;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.order;
import static org.medcue.harness.HookRequests.parse;
import static org.medcue.harness.HookRequests.patient;
import static org.medcue.harness.HookRequests.prefetch;
import static org.medcue.harness.HookRequests.searchset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpHandler;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.harness.FhirListener;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.ListedServers;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.StubModels;

/** What a client did not send is read from its FHIR server. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
@TestProfile(FhirServerFetchTest.MoreTime.class)
class FhirServerFetchTest {

  private static final String TOKEN = "top-secret-token";
  private static final List<String> KEYS =
      List.of("patient", "conditions", "allergies", "encounters", "medications");

  /** Time enough for a machine that is busy, and a breaker that is quick. */
  public static final class MoreTime implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "medcue.cds-hooks.budget", "4s",
          "medcue.cds-hooks.fetch.reserve", "1s",
          "medcue.cds-hooks.fetch.breaker.calls", "4",
          "medcue.cds-hooks.fetch.breaker.delay", "1s");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(ListedServers.class, StubModels.class);
    }
  }

  @Inject CircuitBreakerMaintenance breakers;
  @Inject AgroalDataSource database;

  private FhirListener ehr;

  @BeforeEach
  void listen() {
    breakers.resetAll();
    ehr = new FhirListener();
    ListedServers.list(new AllowedFhirServer(ehr.base(), true));
  }

  @AfterEach
  void stop() {
    ehr.close();
  }

  private ObjectNode withServer(ObjectNode request) {
    request.put("fhirServer", ehr.base());
    request
        .putObject("fhirAuthorization")
        .put("access_token", TOKEN)
        .put("token_type", "Bearer")
        .put("expires_in", 300)
        .put("scope", "patient/*.read")
        .put("subject", "medcue");
    return request;
  }

  private ObjectNode without(String... keys) {
    ObjectNode request = withServer(minimal());
    prefetch(request).remove(List.of(keys));
    return request;
  }

  private static Response post(String service, ObjectNode request) {
    return given().contentType(ContentType.JSON).body(request.toString()).post(service);
  }

  private static JsonPath answer(ObjectNode request) {
    return post(SERVICE, request).then().statusCode(200).extract().jsonPath();
  }

  private static String detail(ObjectNode request) {
    return answer(request).getString("cards[0].detail");
  }

  private static String refusal(ObjectNode request) {
    return post(SERVICE, request)
        .then()
        .statusCode(412)
        .extract()
        .jsonPath()
        .getString("issue[0].diagnostics");
  }

  /** The server has what a request holds. */
  private void has(ObjectNode request, ObjectNode contents) {
    String id = patient(request);
    ehr.onJson("/fhir/Patient/" + id, prefetch(contents).path("patient").toString());
    Map<String, String> types =
        Map.of(
            "conditions", "Condition",
            "allergies", "AllergyIntolerance",
            "encounters", "Encounter",
            "medications", "MedicationRequest");
    types.forEach(
        (key, type) -> {
          JsonNode content = prefetch(contents).path(key);
          ehr.onJson("/fhir/" + type, (content.isObject() ? content : searchset()).toString());
        });
  }

  private static HttpHandler status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  @Test
  void absentPatientIsReadWithTheToken() {
    ObjectNode request = without("patient");
    has(request, withServer(minimalOf(request)));

    assertThat(answer(request).getList("cards")).isNotEmpty();
    assertThat(ehr.requests()).containsExactly("/fhir/Patient/" + patient(request));
    assertThat(ehr.authorizations()).containsExactly("Bearer " + TOKEN);
  }

  private static ObjectNode minimalOf(ObjectNode request) {
    ObjectNode other = minimal();
    String text = other.toString().replace(patient(other), patient(request));
    return parse(text);
  }

  @Test
  void answerIsTheSameAsIfAllHadBeenSent() {
    ObjectNode sent = minimal();
    ObjectNode bare = withServer(sent.deepCopy());
    has(bare, sent);
    bare.remove("prefetch");

    JsonPath fetched = answer(bare);

    JsonPath asSent = answer(sent);
    assertThat(fetched.getString("cards[0].summary"))
        .isEqualTo(asSent.getString("cards[0].summary"));
    assertThat(fetched.getString("cards[0].detail")).isEqualTo(asSent.getString("cards[0].detail"));
    assertThat(ehr.requests()).hasSize(KEYS.size());
  }

  @Test
  void allKeysAreAskedForAtOnce() {
    ObjectNode request = without(KEYS.toArray(String[]::new));
    ObjectNode contents = minimalOf(request);
    has(request, contents);
    CyclicBarrier all = new CyclicBarrier(KEYS.size());
    Map<String, String> bodies =
        Map.of(
            "/fhir/Patient/" + patient(request),
            prefetch(contents).path("patient").toString(),
            "/fhir/Condition",
            searchset().toString(),
            "/fhir/AllergyIntolerance",
            searchset().toString(),
            "/fhir/Encounter",
            searchset().toString(),
            "/fhir/MedicationRequest",
            searchset().toString());
    bodies.forEach(
        (path, body) ->
            ehr.on(
                path,
                exchange -> {
                  try {
                    all.await(2, TimeUnit.SECONDS);
                    FhirListener.send(exchange, 200, body);
                  } catch (Exception e) {
                    exchange.sendResponseHeaders(500, -1);
                  }
                }));

    assertThat(post(SERVICE, request).statusCode()).isEqualTo(200);
    assertThat(ehr.requests()).hasSize(KEYS.size());
  }

  @Test
  void whatWasSentOrFoundNothingIsNotAskedForAgain() {
    ObjectNode request = withServer(minimal());

    assertThat(detail(request)).doesNotContain("not sent");
    assertThat(ehr.requests()).isEmpty();
  }

  @Test
  void queryThatFailedAtTheClientIsTriedHere() {
    ObjectNode request = withServer(minimal());
    prefetch(request).putObject("allergies").put("resourceType", "OperationOutcome");
    ehr.onJson("/fhir/AllergyIntolerance", searchset().toString());

    assertThat(detail(request)).contains("allergies (none charted)").doesNotContain("Allergies");
  }

  @Test
  void messagesOfADialogueAreReadToo() {
    ObjectNode request = without();
    ehr.onJson("/fhir/Communication", searchset().toString());

    post(DIALOGUE, request).then().statusCode(200);

    assertThat(ehr.requests())
        .containsExactly(
            "/fhir/Communication?patient=" + patient(request) + "&_sort=-sent&_count=200");
  }

  @Test
  void serverThatIsTooSlowIsNotWaitedForAndTheCardSaysSo() {
    ObjectNode request = without("allergies", "conditions");
    has(request, minimalOf(request));
    CountDownLatch end = new CountDownLatch(1);
    ehr.on(
        "/fhir/AllergyIntolerance",
        exchange -> {
          try {
            end.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try {
      assertThat(detail(request))
          .contains("Allergies could not be read from the EHR: an allergy may have been missed")
          .doesNotContain("Conditions");
    } finally {
      end.countDown();
    }
  }

  @Test
  void patientThatComesTooLateIsAFailedPrecondition() {
    ObjectNode request = without("patient");
    CountDownLatch end = new CountDownLatch(1);
    ehr.on(
        "/fhir/Patient/" + patient(request),
        exchange -> {
          try {
            end.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try {
      assertThat(refusal(request)).contains("did not answer in time");
    } finally {
      end.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, refused the access token",
    "403, refused the access token",
    "404, does not have it",
    "400, refused the query",
    "302, redirected the query",
    "500, answered with an error",
    "200, did not answer with the FHIR R4 resource"
  })
  void refusalSaysWhyThePatientWasNotFetched(int status, String why) {
    ObjectNode request = without("patient");
    ehr.on("/fhir/Patient/" + patient(request), status(status));

    assertThat(refusal(request))
        .startsWith("prefetch.patient: neither sent nor fetched: the FHIR server ")
        .contains(why)
        .doesNotContain(patient(request), ehr.base(), TOKEN);
  }

  @Test
  void serverThatIsNotListedIsNotAsked() {
    ListedServers.list(new AllowedFhirServer("https://other.example/fhir", false));
    ObjectNode request = without("patient");

    assertThat(refusal(request)).contains("is not on the allow-list of this client");
    assertThat(ehr.requests()).isEmpty();
  }

  @Test
  void serverWhoseAddressMayNotBeCalledIsNotAsked() {
    ListedServers.list(new AllowedFhirServer(ehr.base(), false));
    ObjectNode request = without("patient");

    assertThat(refusal(request)).contains("has an address that may not be called");
    assertThat(ehr.requests()).isEmpty();
  }

  @Test
  void withoutATokenNothingIsAsked() {
    ObjectNode request = without("patient");
    request.remove("fhirAuthorization");

    assertThat(refusal(request)).contains("send what the prefetch template asks for");
    assertThat(ehr.requests()).isEmpty();
  }

  @Test
  void patientIdThatIsAPathIsNotAskedFor() {
    ObjectNode request = without("patient");
    context(request).put("patientId", "..");
    context(request).path("draftOrders").path("entry").forEach(this::withoutSubject);

    assertThat(refusal(request)).contains("refused the query");
    assertThat(ehr.requests()).isEmpty();
  }

  private void withoutSubject(JsonNode entry) {
    ((ObjectNode) entry.path("resource")).remove("subject");
  }

  @Test
  void whatTheServerHoldsOfAnotherPatientIsRefusedAsTheServersFault() {
    ObjectNode request = without("conditions");
    ObjectNode other = minimal();
    ehr.onJson("/fhir/Condition", prefetch(other).path("conditions").toString());

    assertThat(refusal(request))
        .startsWith("prefetch.conditions: read from the FHIR server, cannot be used")
        .doesNotContain(patient(other));
  }

  @Test
  void medicationsThatOrdersReferToAreReadOneByOne() {
    ObjectNode request = without("medications");
    ObjectNode taken = order(request, "m-1", "active", "860975");
    taken.remove("medicationCodeableConcept");
    taken.putObject("medicationReference").put("reference", "Medication/metformin");
    ObjectNode again = taken.deepCopy().put("id", "m-2");
    ehr.onJson("/fhir/MedicationRequest", searchset(taken, again).toString());
    ehr.onJson("/fhir/Medication/metformin", medication("metformin", "860975"));

    JsonPath answer = answer(request);

    assertThat(answer.getString("cards[1].suggestions[0].label"))
        .startsWith("Renew 24 HR metformin");
    assertThat(ehr.requests()).hasSize(2).endsWith("/fhir/Medication/metformin");
  }

  @Test
  void medicationOfADraftIsReadAndItsDraftNotTouched() {
    ObjectNode request = withServer(minimal());
    ObjectNode chosen = draft("draft-1", patient(request));
    chosen.putObject("medicationReference").put("reference", ehr.base() + "/Medication/lisinopril");
    context(request)
        .withObject("/draftOrders")
        .putArray("entry")
        .addObject()
        .set("resource", chosen);
    ehr.onJson("/fhir/Medication/lisinopril", medication("lisinopril", "314076"));

    assertThat(detail(request)).contains("already among the draft orders");
  }

  @Test
  void medicationThatTheServerLacksIsNamedAsBefore() {
    ObjectNode request = withServer(minimal());
    ObjectNode taken = order(request, "m-1", "active", "1");
    taken.remove("medicationCodeableConcept");
    taken.putObject("medicationReference").put("reference", "Medication/gone");
    prefetch(request).set("medications", searchset(taken));

    assertThat(detail(request)).contains("1 × drug order naming a drug that was not sent");
    assertThat(ehr.requests()).containsExactly("/fhir/Medication/gone");
  }

  private static String medication(String id, String rxnorm) {
    return """
    {"resourceType":"Medication","id":"%s","code":{"coding":[
      {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"%s"}]}}"""
        .formatted(id, rxnorm);
  }

  @Test
  void serverThatFailsIsLeftAloneForAWhileAndThenAskedAgain() throws Exception {
    ObjectNode request = without("patient");
    String path = "/fhir/Patient/" + patient(request);
    ehr.on(path, status(500));
    String last = refusal(request);
    for (int i = 0; i < 10 && !last.contains("failed several times"); i++) {
      last = refusal(request);
    }
    assertThat(last).contains("failed several times, it is asked again in some seconds");
    int asked = ehr.requests().size();
    ObjectNode other = without("allergies");
    assertThat(detail(other)).contains("Allergies could not be read from the EHR");
    assertThat(ehr.requests()).hasSize(asked);

    has(request, minimalOf(request));
    int status = 412;
    for (int i = 0; i < 100 && status == 412; i++) {
      Thread.sleep(100);
      status = post(SERVICE, request).statusCode();
    }
    assertThat(status).isEqualTo(200);
  }

  @Test
  void refusedTokensOfOneUserDoNotKeepTheServerFromOthers() {
    ObjectNode request = without("patient");
    ehr.on("/fhir/Patient/" + patient(request), status(403));

    for (int i = 0; i < 10; i++) {
      assertThat(refusal(request)).contains("refused the access token");
    }
  }

  @Test
  void noDatabaseConnectionIsHeldMeanwhile() {
    database.getConfiguration().setMetricsEnabled(true);
    List<Long> held = new CopyOnWriteArrayList<>();
    ObjectNode request = without("patient");
    String answer = prefetch(minimalOf(request)).path("patient").toString();
    ehr.on(
        "/fhir/Patient/" + patient(request),
        exchange -> {
          held.add(database.getMetrics().activeCount());
          FhirListener.send(exchange, 200, answer);
        });

    answer(request);

    assertThat(held).containsExactly(0L);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 401, 500})
  void tokenIsNeverLogged(int status) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler recorder = recorder(lines);
    Logger root = Logger.getLogger("");
    Level level = root.getLevel();
    List<Handler> others = List.of(root.getHandlers());
    others.forEach(root::removeHandler);
    root.addHandler(recorder);
    root.setLevel(Level.ALL);
    try {
      ObjectNode request = without("patient", "conditions");
      if (status == 200) {
        has(request, minimalOf(request));
      } else {
        ehr.on("/fhir/Patient/" + patient(request), status(status));
      }
      post(SERVICE, request);
      assertThat(ehr.authorizations()).contains("Bearer " + TOKEN);
    } finally {
      root.setLevel(level);
      root.removeHandler(recorder);
      others.forEach(root::addHandler);
    }
    assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(TOKEN));
  }

  @Test
  void logSaysWhatWasNotFetchedAndWhyAndNotForWhom() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler recorder = recorder(lines);
    Logger log = Logger.getLogger(PrefetchFetcher.class.getName());
    log.addHandler(recorder);
    ObjectNode request = without("allergies");
    ehr.on("/fhir/AllergyIntolerance", status(500));
    try {
      answer(request);
    } finally {
      log.removeHandler(recorder);
    }
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("local", "allergies=SERVER_ERROR")
        .doesNotContain(patient(request), ehr.base(), TOKEN);
  }

  private static Handler recorder(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(line.getMessage() + Arrays.toString(line.getParameters()) + line.getThrown());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\r\nX: y", "ütf"})
  void whatIsNoTokenIsRefused(String token) {
    ObjectNode request = withServer(minimal());
    ((ObjectNode) request.path("fhirAuthorization")).put("access_token", token);

    JsonPath refused = post(SERVICE, request).then().statusCode(400).extract().jsonPath();

    assertThat(refused.getString("issue[0].expression[0]"))
        .isEqualTo("fhirAuthorization.access_token");
  }
}
