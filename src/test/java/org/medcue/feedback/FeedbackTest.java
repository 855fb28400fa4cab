package org.medcue.feedback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.medcue.harness.HookRequests.FEEDBACK;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.context;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.patient;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medcue.audit.AuditSearch;
import org.medcue.audit.AuditTrail;
import org.medcue.feedback.FeedbackItem.Outcome;
import org.medcue.harness.PostgresResource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class FeedbackTest {

  private static final AuditSearch EVERYTHING =
      AuditSearch.between(Optional.empty(), Optional.empty());

  @Inject AuditTrail trail;
  @Inject AgroalDataSource database;
  @Inject FeedbackService feedback;

  private static JsonPath cards(ObjectNode request) {
    return given()
        .contentType(ContentType.JSON)
        .body(request.toString())
        .post(SERVICE)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static List<String> offered(ObjectNode request) {
    return cards(request)
        .getList(
            "cards.collectMany { it.suggestions ?: [] }.collect { it.extension['org.medcue.drug'] }");
  }

  private static String overridden(String card, String at) {
    return item(card, "overridden", at, "");
  }

  private static String accepted(String card, String at) {
    String suggestion = UUID.randomUUID().toString();
    return item(card, "accepted", at, ",\"acceptedSuggestions\":[{\"id\":\"" + suggestion + "\"}]");
  }

  private static String item(String card, String outcome, String at, String more) {
    return "{\"card\":\"%s\",\"outcome\":\"%s\",\"outcomeTimestamp\":\"%s\"%s}"
        .formatted(card, outcome, at, more);
  }

  private static void send(String... items) {
    given()
        .contentType(ContentType.JSON)
        .body("{\"feedback\":[" + String.join(",", items) + "]}")
        .post(FEEDBACK)
        .then()
        .statusCode(200);
  }

  private List<String> events(String card) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select string_agg(outcome || ' ' || orphan || ' ' || coalesce(reason_code, '-')"
                    + " || ' ' || coalesce(user_comment, '-'), ';' order by id)"
                    + " from feedback_event where card_id = '"
                    + card
                    + "'")) {
      rows.next();
      return List.of(rows.getString(1).split(";"));
    }
  }

  @Test
  void manyCardsThatAreNotThereAreOneRowOfTheTrail() {
    long before = trail.find(EVERYTHING, 0, Integer.MAX_VALUE).size();

    send(
        Stream.generate(() -> overridden(UUID.randomUUID().toString(), "2025-11-22T10:00:00Z"))
            .limit(50)
            .toArray(String[]::new));

    assertThat(trail.find(EVERYTHING, before, Integer.MAX_VALUE))
        .filteredOn(row -> row.action().equals("feedback"))
        .singleElement()
        .satisfies(row -> assertThat(row.details()).contains("\"orphans\":\"50\""));
  }

  @Test
  void rejectedDrugsAreNotOfferedAgainInTheEncounter() {
    ObjectNode request = minimal();
    JsonPath first = cards(request);
    List<String> rejected =
        first.getList("cards[0].suggestions.collect { it.extension['org.medcue.drug'] }");

    send(overridden(first.getString("cards[0].uuid"), "2025-11-22T10:00:00Z"));

    assertThat(offered(request)).isNotEmpty().doesNotContainAnyElementsOf(rejected);
  }

  @Test
  void rejectedDrugsAreOfferedAgainInAnotherEncounter() {
    ObjectNode request = minimal();
    JsonPath first = cards(request);
    send(overridden(first.getString("cards[0].uuid"), "2025-11-22T10:00:00Z"));
    context(request).put("encounterId", "another");

    assertThat(offered(request)).contains("314076");
  }

  @Test
  void withoutAnEncounterTheDayCounts() {
    ObjectNode request = minimal();
    context(request).remove("encounterId");
    JsonPath first = cards(request);
    send(overridden(first.getString("cards[0].uuid"), "2025-11-22T10:00:00Z"));

    assertThat(offered(request)).doesNotContain("314076");
  }

  @Test
  void withoutAnEncounterTheLast24HoursCount() throws SQLException {
    ObjectNode request = minimal();
    context(request).remove("encounterId");
    JsonPath first = cards(request);
    send(overridden(first.getString("cards[0].uuid"), "2025-11-22T10:00:00Z"));

    served(request, "23 hours");
    assertThat(offered(request)).doesNotContain("314076");

    served(request, "25 hours");
    assertThat(offered(request)).contains("314076");
  }

  private static void served(ObjectNode request, String ago) throws SQLException {
    try (Connection connection = PostgresResource.asOwner();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update recommendation set served_at = now() - interval '%s' where patient_id = '%s'"
              .formatted(ago, patient(request)));
    }
  }

  @Test
  void outcomeOfAClockThatRunsAheadDoesNotCountForGood() {
    ObjectNode request = minimal();
    String card = cards(request).getString("cards[0].uuid");

    send(overridden(card, "2999-01-01T00:00:00Z"));
    send(accepted(card, "2998-01-01T00:00:00Z"));

    assertThat(offered(request)).contains("314076");
  }

  @Test
  void aThousandItemsAreTakenAndMoreRefused() throws SQLException {
    String card = UUID.randomUUID().toString();
    String[] items = new String[1_000];
    Arrays.fill(items, overridden(card, "2025-11-22T10:00:00Z"));

    send(items);
    String tooMany = String.join(",", items) + "," + items[0];
    JsonPath refused =
        given()
            .contentType(ContentType.JSON)
            .body("{\"feedback\":[" + tooMany + "]}")
            .post(FEEDBACK)
            .then()
            .statusCode(413)
            .extract()
            .jsonPath();

    assertThat(refused.getString("issue[0].diagnostics")).contains("more than 1000", "send fewer");
    assertThat(events(card)).hasSize(1_000);
  }

  @Test
  void lastOutcomeCounts() {
    ObjectNode request = minimal();
    String card = cards(request).getString("cards[0].uuid");

    send(overridden(card, "2025-11-22T10:00:00Z"), accepted(card, "2025-11-22T10:00:01+00:00"));

    assertThat(offered(request)).contains("314076");
  }

  @Test
  void lateReportOfAnEarlierOutcomeDoesNotCount() {
    ObjectNode request = minimal();
    String card = cards(request).getString("cards[0].uuid");

    send(accepted(card, "2025-11-22T10:00:01Z"));
    send(overridden(card, "2025-11-22T10:00:00Z"));

    assertThat(offered(request)).contains("314076");
  }

  @Test
  void repeatsAndBothOutcomesAreAllKept() throws SQLException {
    String card = cards(minimal()).getString("cards[0].uuid");

    send(accepted(card, "2025-11-22T10:00:00.123-05:00"), overridden(card, "2025-11-22T10:00:00Z"));
    send(overridden(card, "2025-11-22T10:00:00Z"));

    assertThat(events(card))
        .containsExactly("accepted false - -", "overridden false - -", "overridden false - -");
  }

  @Test
  void severalCardsOfSeveralCallsMayComeTogether() throws SQLException {
    String one = cards(minimal()).getString("cards[0].uuid");
    String two = cards(minimal()).getString("cards[0].uuid");

    send(overridden(one, "2025-11-22T10:00:00Z"), accepted(two, "2025-11-22T10:00:00Z"));

    assertThat(events(one)).hasSize(1);
    assertThat(events(two)).hasSize(1);
  }

  @Test
  void unknownCardsAreKeptAsOrphans() throws SQLException {
    String unknown = UUID.randomUUID().toString();

    send(
        overridden(unknown, "2025-11-22T10:00:00Z"), overridden("no-uuid", "2025-11-22T10:00:00Z"));

    assertThat(events(unknown)).containsExactly("overridden true - -");
    assertThat(events("no-uuid")).contains("overridden true - -");
  }

  @Test
  void anotherTenantsEventAboutACardIsNoneAboutIt() throws SQLException {
    ObjectNode request = minimal();
    String card = cards(request).getString("cards[0].uuid");
    List<UUID> cards = List.of(UUID.fromString(card));
    Instant later = Instant.parse("2025-11-23T00:00:00Z");

    feedback.record(
        "another",
        "medication-suggestions-visits",
        List.of(
            new FeedbackItem(
                card, Outcome.OVERRIDDEN, later, List.of(), Optional.empty(), Optional.empty())));
    assertThat(feedback.of(cards)).isEmpty();
    send(accepted(card, "2025-11-22T10:00:00Z"));

    assertThat(offered(request)).contains("314076");
    assertThat(feedback.of(cards)).extracting(LoggedFeedback::tenant).containsExactly("local");
    assertThat(feedback.forget(cards)).isEqualTo(1);
    assertThat(events(card)).containsExactly("overridden true - -");
  }

  @Test
  void reasonThatWasNotOfferedAndCommentAreKept() throws SQLException {
    String card = cards(minimal()).getString("cards[0].uuid");
    String reason = "\"reason\":{\"code\":\"own\",\"system\":\"http://ehr.test\"}";

    send(
        item(card, "overridden", "2025-11-22T10:00:00Z", ",\"overrideReason\":{" + reason + "}"),
        item(
            card,
            "overridden",
            "2025-11-22T10:00:00Z",
            ",\"overrideReason\":{\"userComment\":\"seen\\u0000 it\"},\"extension\":{\"a\":1}"));

    assertThat(events(card)).containsExactly("overridden false own -", "overridden false - -");
    assertThat(feedback.of(List.of(UUID.fromString(card))))
        .extracting(LoggedFeedback::userComment, LoggedFeedback::words)
        .containsExactly(tuple(null, null), tuple("seen\0 it", "available"));
  }

  @Test
  void noItemsAreNoFault() {
    send();
  }
}
