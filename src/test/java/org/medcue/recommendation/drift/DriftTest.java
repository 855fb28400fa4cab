package org.medcue.recommendation.drift;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.prefetch;
import static org.medcue.harness.HookRequests.searchset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.RegistryResource;
import org.medcue.harness.ShadowAnswers;
import org.medcue.harness.StubModels;
import org.medcue.harness.StubPredictor;
import org.medcue.harness.TestVersions;
import org.medcue.harness.Tokens;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.recommendation.AnsweringVersion;
import org.medcue.recommendation.HookCall;
import org.medcue.recommendation.Language;
import org.medcue.recommendation.Recommendation;
import org.medcue.recommendation.RecommendationLog;
import org.medcue.recommendation.RecommendationRequest;
import org.medcue.recommendation.RecommendationService;
import org.medcue.recommendation.RecommendationServices;
import org.medcue.recommendation.drift.DriftTable.Answering;
import org.medcue.serving.ServedModel;

/** The stub answers under the number of the bundled version, with that one's training profile. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
@QuarkusTestResource(RegistryResource.class)
@Timeout(60)
class DriftTest {

  private static final String DRIFT = "/api/models/mrkpa/versions/2.1.0/drift";
  private static final TrainingProfile PROFILE =
      TrainingProfile.of(ModelFolder.open(Path.of("model-registry/mrkpa/2.1.0")));

  @Inject DriftCounter counter;
  @Inject DriftTable table;
  @Inject RecommendationService recommendations;
  @Inject RecommendationLog log;

  @BeforeEach
  void answerWithAProfile() throws SQLException {
    counter.flush();
    execute("delete from drift_count");
    StubModels.answerBy(
        Optional.of(
            new ServedModel(
                "mrkpa",
                "2.1.0",
                KnowledgeBase.bundled(),
                Map.of(),
                new StubPredictor(),
                Optional.of(PROFILE))));
  }

  @AfterEach
  void alone() {
    StubModels.answerBy(Optional.empty());
  }

  private static Response post(ObjectNode request) {
    return given().contentType(ContentType.JSON).body(request.toString()).post(SERVICE);
  }

  private static JsonPath answer(ObjectNode request) {
    return post(request).then().statusCode(200).extract().jsonPath();
  }

  /** A chart with hypertension and another condition. */
  private static ObjectNode chart(String code) {
    ObjectNode request = minimal();
    JsonNode first = prefetch(request).at("/conditions/entry/0/resource");
    ObjectNode second = first.deepCopy();
    second.put("id", "c-2");
    ((ObjectNode) second.at("/code/coding/0")).put("code", code);
    prefetch(request).set("conditions", searchset(first, second));
    return request;
  }

  private JsonPath drift() {
    counter.flush();
    return Tokens.bearer("olivia").get(DRIFT).then().statusCode(200).extract().jsonPath();
  }

  private static void execute(String statement) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement()) {
      sql.execute(statement);
    }
  }

  private static Map<String, Long> rows() throws SQLException {
    Map<String, Long> rows = new TreeMap<>();
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement();
        ResultSet found = sql.executeQuery("select field, bin, count from drift_count")) {
      while (found.next()) {
        rows.put(found.getString(1) + " " + found.getString(2), found.getLong(3));
      }
    }
    return rows;
  }

  @Test
  void answersAreCountedAndComparedWithTheTraining() {
    for (int call = 0; call < 3; call++) {
      answer(minimal());
    }

    JsonPath drift = drift();

    assertThat(drift.getInt("answers")).isEqualTo(3);
    assertThat(drift.getList("fields.field")).containsExactly("code", "drug");
    assertThat(drift.getInt("fields[0].observations")).isEqualTo(3);
    assertThat(drift.getString("fields[0].verdict")).isEqualTo("too-few");
    assertThat(drift.getDouble("fields[0].index")).isGreaterThan(1);
    assertThat(drift.getDouble("fields[0].byChance")).isCloseTo(50 / 3.0, within(1e-2));
    assertThat(drift.getString("fields[0].moved[0].bin")).isEqualTo("I10");
    assertThat(drift.getDouble("fields[0].moved[0].training")).isCloseTo(0.0304, within(1e-3));
    assertThat(drift.getDouble("fields[0].moved[0].present")).isEqualTo(1);
    assertThat(drift.getInt("fields[1].observations")).as("five on each card").isEqualTo(15);
    assertThat(drift.getInt("unknown.read")).isPositive();
    assertThat(drift.getDouble("unknown.share")).isZero();
    assertThat(drift.getDouble("unknown.validation")).isPositive();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    assertThat(drift.getString("to")).isEqualTo(today.toString());
    assertThat(drift.getString("from")).isEqualTo(today.minusDays(29).toString());
  }

  @Test
  void acceptanceIsTold() {
    JsonPath answer = answer(minimal());
    given()
        .contentType(ContentType.JSON)
        .body(
            """
            {"feedback": [{"card": "%s", "outcome": "accepted",
              "outcomeTimestamp": "2026-01-01T00:00:00Z", "acceptedSuggestions": [{"id": "%s"}]}]}
            """
                .formatted(
                    answer.getString("cards[0].uuid"),
                    answer.getString("cards[0].suggestions[0].uuid")))
        .post(FEEDBACK)
        .then()
        .statusCode(200);
    String ours = "acceptance.find { it.version == '2.1.0' }";

    assertThat(drift().getInt(ours + ".cards")).isPositive();
    assertThat(drift().getInt(ours + ".accepted")).isPositive();
    Tokens.bearer("adam")
        .get(DRIFT + "?from=2020-01-01&to=2020-01-31")
        .then()
        .statusCode(200)
        .body("acceptance.size()", equalTo(0))
        .body("answers", equalTo(0))
        .body("fields[0].verdict", equalTo("too-few"));
  }

  @Test
  void rareCodeIsInNoRow() throws SQLException {
    assertThat(PROFILE.codes().shares()).doesNotContainKey("M32.10");
    answer(chart("M32.10"));
    counter.flush();

    assertThat(rows())
        .containsEntry("code I10", 1L)
        .containsEntry("code other", 1L)
        .containsEntry("drug other", 2L)
        .containsEntry("answer all", 1L)
        .allSatisfy((bin, count) -> assertThat(bin).doesNotContain("M32"));
  }

  @Test
  void answerThatIsNotInTheLogIsNotCounted() throws SQLException {
    QuarkusTransaction.begin();
    log(false);
    QuarkusTransaction.rollback();
    counter.flush();

    assertThat(rows()).isEmpty();
  }

  @Test
  void databaseThatIsAwayDelaysCounts() throws SQLException {
    execute("alter table drift_count rename to drift_count_away");
    try {
      answer(minimal());
      counter.flush();
    } finally {
      execute("alter table drift_count_away rename to drift_count");
    }

    assertThat(drift().getInt("answers")).isEqualTo(1);
  }

  @Test
  void versionsOnTrialAreNotCounted() throws SQLException {
    StubModels.challengeBy(
        List.of(
            new ServedModel(
                "mrkpa",
                "2.1.0",
                KnowledgeBase.bundled(),
                Map.of(),
                new StubPredictor(),
                Optional.of(PROFILE))));
    try {
      String id = answer(minimal()).getString("cards[0].extension['org.medcue.recommendation']");
      ShadowAnswers.until("recommendation_id = '" + id + "'", 1);
    } finally {
      StubModels.challengeBy(List.of());
    }

    assertThat(drift().getInt("answers")).isEqualTo(1);
  }

  @Test
  void callOfATenantInDryRunIsNotCounted() throws SQLException {
    log(true);
    counter.flush();
    assertThat(rows()).isEmpty();

    log(false);
    counter.flush();
    assertThat(rows()).containsEntry("answer all", 1L);
  }

  private void log(boolean dryRun) {
    Visit present =
        Visit.of(
            "v-1",
            Instant.parse("2026-06-01T00:00:00Z"),
            Map.of(new DiagnosisCode("I10"), CodeRole.RECORDED),
            Map.of(),
            Set.of());
    HookCall call =
        new HookCall("local", UUID.randomUUID(), "Practitioner/1", "p-1", Optional.empty());
    RecommendationRequest request =
        new RecommendationRequest(
            RecommendationServices.MEDICATIONS_FROM_VISITS,
            call,
            new VisitEvidence(
                new VisitSequence(List.of(), present), Set.of(), List.of(), Map.of(), List.of()),
            Set.of(),
            false,
            Set.of(),
            Language.EN);
    Recommendation answer;
    try (AnsweringVersion version = recommendations.versionFor(request.serviceId(), call)) {
      answer = version.recommend(request);
    }
    log.append(answer, List.of(), "[]", "[]", Duration.ZERO, dryRun);
  }

  @Test
  void callOfWhomNothingIsKnownIsNotCounted() throws SQLException {
    ObjectNode request = minimal();
    prefetch(request).set("conditions", searchset());
    answer(request);
    counter.flush();

    assertThat(rows()).isEmpty();
  }

  @Test
  void countsOfReplicasAddUpWhoeverWritesFirst() {
    Answering version = new Answering("mrkpa", "9." + UUID.randomUUID());
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    SortedMap<DriftKey, Long> counts = new TreeMap<>();
    for (int bin = 0; bin < 100; bin++) {
      DriftCell cell = new DriftCell(DriftField.CODE, "bin" + bin);
      counts.put(new DriftKey(version.model(), version.version(), today, cell), 2L);
    }
    Runnable replica =
        () -> {
          for (int flush = 0; flush < 10; flush++) {
            table.add(counts);
          }
        };

    CompletableFuture.allOf(
            CompletableFuture.runAsync(replica), CompletableFuture.runAsync(replica))
        .join();

    assertThat(table.of(version, today, today)).hasSize(100).allSatisfy((c, n) -> is(n, 40));
    assertThat(table.of(version, today.plusDays(1), today.plusDays(1))).isEmpty();
  }

  private static void is(long count, long expected) {
    assertThat(count).isEqualTo(expected);
  }

  @Test
  void metricsShowWhatIsSureAndNothingElse() throws SQLException {
    answer(minimal());
    counter.flush();
    execute("update drift_count set count = 10000 where field in ('code', 'unknown')");
    execute("insert into drift_count values ('mrkpa', 'gone', current_date, 'code', 'I10', 9)");

    counter.refreshMetrics();

    given()
        .get("/metrics")
        .then()
        .statusCode(200)
        .body(containsString("medcue_drift_index{field=\"code\",version=\"mrkpa/2.1.0\"}"))
        .body(not(containsString("medcue_drift_index{field=\"drug\"")))
        .body(containsString("medcue_drift_unknown_share{version=\"mrkpa/2.1.0\"} 0.0"))
        .body(not(containsString("mrkpa/gone")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?from=yesterday",
        "?to=2026-11-23T00:00:00Z",
        "?from=2026-02-30",
        "?from=2026-11-23&to=2026-11-22",
        "?from=%2B10000-01-01",
        "?to=0000-01-01",
      })
  void badDaysAreProblems(String query) {
    Tokens.bearer("adam")
        .urlEncodingEnabled(false)
        .get(DRIFT + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mrkpa/versions/8.8.8", "none/versions/1.0.0", "MRKPA/versions/.hidden"})
  void unknownVersionIsAProblem(String version) {
    Tokens.bearer("adam")
        .get("/api/models/" + version + "/drift")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void versionWithoutAProfileSaysSo() throws IOException {
    String version = "9.0.0-without-profile";
    TestVersions.folder(
        RegistryResource.root().resolve("mrkpa"),
        version,
        folder -> Files.delete(folder.resolve(TrainingProfile.FILE)));

    Tokens.bearer("adam")
        .get("/api/models/mrkpa/versions/" + version + "/drift")
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:medcue:problem:no-profile"))
        .body("detail", containsString("no training profile"));
  }
}
