package org.medcue.recommendation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.order;
import static org.medcue.harness.HookRequests.prefetch;
import static org.medcue.harness.HookRequests.searchset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.ScoredDrug;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.ShadowAnswers;
import org.medcue.harness.StubModels;
import org.medcue.harness.StubPredictor;
import org.medcue.harness.Tokens;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.DrugPredictor;
import org.medcue.serving.ServedModel;
import org.medcue.serving.ServingConfig;

/** The stub offers five drugs; versions on trial offer others, or fail. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
@Timeout(60)
class ShadowScoringTest {

  @Inject RecommendationLog log;
  @Inject MeterRegistry meters;
  @Inject ServingConfig config;

  /** Unlike those of other tests that may run in the same service. */
  private final String version = "9." + UUID.randomUUID();

  /** Offers what it is given. */
  private record Offers(List<Drug> drugs) implements DrugPredictor {

    @Override
    public DrugPrediction predict(PatientEvidence evidence) {
      return new DrugPrediction(
          drugs.stream().map(drug -> new ScoredDrug(drug, 0.9)).toList(), List.of());
    }

    @Override
    public List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> some) {
      throw new IllegalStateException("nobody sees it");
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void alone() {
    StubModels.challengeBy(List.of());
  }

  private void challenge(Drug... offered) {
    StubModels.challengeBy(
        List.of(
            new ServedModel(
                "mrkpa",
                version,
                KnowledgeBase.bundled(),
                Map.of(),
                new Offers(List.of(offered)))));
  }

  private static ObjectNode chart() {
    ObjectNode request = minimal();
    prefetch(request).set("medications", searchset(order(request, "m-1", "completed", "312961")));
    return request;
  }

  private static JsonPath answer() {
    return given()
        .contentType(ContentType.JSON)
        .body(chart().toString())
        .post(SERVICE)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private JsonPath comparison() {
    return comparison("");
  }

  private JsonPath comparison(String days) {
    return Tokens.bearer("adam")
        .get("/api/recommendations/comparison?model=mrkpa&version=" + version + "&" + days)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private void untilRows(int count) throws SQLException {
    ShadowAnswers.until("version = '" + version + "'", count);
  }

  private static void accept(JsonPath answer, int suggestion) {
    given()
        .contentType(ContentType.JSON)
        .body(
            """
            {"feedback": [{"card": "%s", "outcome": "accepted",
              "outcomeTimestamp": "2026-01-01T00:00:00Z",
              "acceptedSuggestions": [{"id": "%s"}]}]}
            """
                .formatted(
                    answer.getString("cards[0].uuid"),
                    answer.getString("cards[0].suggestions[" + suggestion + "].uuid")))
        .post(FEEDBACK)
        .then()
        .statusCode(200);
  }

  @Test
  void versionOnTrialIsComparedWithWhatAnswered() throws SQLException {
    challenge(StubPredictor.LISINOPRIL, StubPredictor.METFORMIN, StubPredictor.TRAMADOL);

    JsonPath first = answer();
    JsonPath second = answer();
    untilRows(2);
    accept(first, 0);
    accept(second, 1);

    JsonPath found = comparison();
    assertThat(found.getInt("challengers.size()")).isEqualTo(1);
    assertThat(found.getString("challengers[0].answered")).isEqualTo("1.0.0");
    assertThat(found.getInt("challengers[0].answers")).isEqualTo(2);
    assertThat(found.getInt("challengers[0].failed")).isZero();
    assertThat(found.getDouble("challengers[0].agreement"))
        .as("two of the six drugs that either offers")
        .isCloseTo(2.0 / 6, within(1e-6));
    assertThat(found.getInt("challengers[0].accepted")).isEqualTo(2);
    assertThat(found.getInt("challengers[0].madeToo")).as("not penicillin").isEqualTo(1);
    assertThat(found.getDouble("challengers[0].latency.p95")).isNotNegative();
    assertThat(found.getDouble("challengers[0].answeredLatency.p50")).isNotNegative();
    assertThat(found.getList("acceptance.version")).contains("1.0.0");
  }

  @Test
  void feedbackThatWasCorrectedCountsAsCorrected() throws SQLException {
    challenge(StubPredictor.LISINOPRIL);
    JsonPath answer = answer();
    untilRows(1);
    accept(answer, 0);
    accept(answer, 1);

    assertThat(comparison().getInt("challengers[0].accepted")).isEqualTo(1);
    assertThat(comparison().getInt("challengers[0].madeToo")).isZero();
  }

  @Test
  void versionOnTrialThatFailsDoesNotHarmTheAnswer() throws SQLException {
    StubModels.challengeBy(
        List.of(
            new ServedModel(
                "mrkpa", version, KnowledgeBase.bundled(), Map.of(), Failing.INSTANCE)));

    assertThat(answer().getList("cards")).isNotEmpty();

    untilRows(1);
    assertThat(comparison().getInt("challengers[0].failed")).isEqualTo(1);
    assertThat(comparison().getInt("challengers[0].answers")).isZero();
    assertThat(comparison().getString("challengers[0].agreement")).isNull();
    assertThat(failed(version)).isEqualTo(1);
  }

  @Test
  void versionThatFailsHardKeepsNoOtherFromScoring() throws SQLException {
    String broken = "8." + UUID.randomUUID();
    StubModels.challengeBy(
        List.of(
            new ServedModel("mrkpa", broken, KnowledgeBase.bundled(), Map.of(), Broken.INSTANCE),
            new ServedModel(
                "mrkpa",
                version,
                KnowledgeBase.bundled(),
                Map.of(),
                new Offers(List.of(StubPredictor.LISINOPRIL)))));

    answer();

    untilRows(1);
    ShadowAnswers.until("failed and version = '" + broken + "'", 1);
    assertThat(failed(broken)).isEqualTo(1);
    while (StubModels.openLeases() > 0) {
      assertThat(Thread.interrupted()).as("timed out").isFalse();
    }
  }

  private double failed(String version) {
    return meters.get("medcue.shadows.failed").tag("version", "mrkpa/" + version).counter().count();
  }

  /** As a library that is not there. */
  private enum Broken implements DrugPredictor {
    INSTANCE;

    @Override
    public DrugPrediction predict(PatientEvidence evidence) {
      throw new UnsatisfiedLinkError("quotes the chart");
    }

    @Override
    public List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> drugs) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @CsvSource({"0, 64, threads", "1, 0, queue", "-1, 64, threads"})
  void settingThatCannotBeIsNamed(int threads, int queue, String property) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShadowScoring.threads(threads, queue))
        .withMessageContaining("medcue.serving.shadow." + property + " must be at least 1");
  }

  private enum Failing implements DrugPredictor {
    INSTANCE;

    @Override
    public DrugPrediction predict(PatientEvidence evidence) {
      throw new IllegalArgumentException("quotes the chart");
    }

    @Override
    public List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> drugs) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private record Hanging(Semaphore gate) implements DrugPredictor {

    @Override
    public DrugPrediction predict(PatientEvidence evidence) {
      gate.acquireUninterruptibly();
      return new DrugPrediction(List.of(), List.of());
    }

    @Override
    public List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> drugs) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  @Test
  void versionOnTrialThatHangsHoldsUpNoAnswerAndIsLeftOut() throws SQLException {
    Semaphore gate = new Semaphore(0);
    StubModels.challengeBy(
        List.of(
            new ServedModel(
                "mrkpa", version, KnowledgeBase.bundled(), Map.of(), new Hanging(gate))));
    double before = dropped();

    // One is scored, as many wait as may, and three are too many
    int answers = 1 + config.shadow().queue() + 3;
    for (int i = 0; i < answers; i++) {
      assertThat(answer().getList("cards")).isNotEmpty();
    }

    assertThat(dropped() - before).isBetween(3.0, 4.0);
    gate.release(answers);
    untilRows(answers - (int) (dropped() - before));
  }

  private double dropped() {
    return meters.get("medcue.shadows.dropped").counter().count();
  }

  @Test
  void comparisonGoesWithItsRecommendation() throws SQLException {
    challenge(StubPredictor.LISINOPRIL);
    UUID id = answer().getUUID("cards[0].extension['org.medcue.recommendation']");
    untilRows(1);

    log.forget(List.of(id));

    assertThat(ShadowAnswers.count("recommendation_id = '" + id + "'")).isZero();
  }

  @Test
  void comparisonIsOfTheDaysAskedFor() throws SQLException {
    challenge(StubPredictor.LISINOPRIL);
    accept(answer(), 0);
    untilRows(1);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);

    assertThat(comparison().getString("from")).isEqualTo(today.minusDays(29).toString());
    assertThat(comparison().getString("to")).isEqualTo(today.toString());
    assertThat(comparison("from=" + today).getList("challengers")).hasSize(1);
    assertThat(comparison("to=" + today.minusDays(1)).getList("challengers")).isEmpty();
    JsonPath later = comparison("from=" + today.plusDays(1) + "&to=9999-12-31");
    assertThat(later.getList("challengers")).isEmpty();
    assertThat(later.getList("acceptance")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?model=mrkpa&from=yesterday",
        "?model=mrkpa&from=2026-11-23&to=2026-11-22",
        "?model=mrkpa&to=0000-01-01",
      })
  void badQuestionIsAProblem(String query) {
    Tokens.bearer("olivia")
        .get("/api/recommendations/comparison" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }
}
