package org.medcue.recommendation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.DIALOGUE;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.dialogue;
import static org.medcue.harness.HookRequests.minimal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medcue.audit.Actor;
import org.medcue.harness.PostgresResource;
import org.medcue.recommendation.LoggedRecommendation.Clinical;

/** What the database holds of a call, and what the log makes of content that cannot be opened. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SealedLogTest {

  @Inject RecommendationLog log;

  private static UUID served(String service, ObjectNode request) {
    return UUID.fromString(
        given()
            .contentType(ContentType.JSON)
            .body(request.toString())
            .post(service)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getString("cards[0].extension['org.medcue.recommendation']"));
  }

  private static void sql(String statement) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement()) {
      sql.execute(statement);
    }
  }

  /** Every row of every table as text, bytes as characters. */
  private static String database() throws SQLException {
    StringBuilder all = new StringBuilder();
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          sql.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = sql.executeQuery("select t::text from \"" + table + "\" t")) {
          while (rows.next()) {
            all.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return all.toString();
  }

  private Clinical clinical(UUID id) {
    return log.find(Actor.person("olivia"), id).orElseThrow().clinical();
  }

  @Test
  void nothingClinicalStandsInTheDatabaseInClear() throws SQLException {
    ObjectNode request = dialogue("P:我晚上反酸烧心，已经三周零四天了");
    ObjectNode order = (ObjectNode) request.at("/context/draftOrders/entry/0/resource");
    order.putArray("note").addObject().put("text", "Xylograph is what the doctor wrote");
    UUID id = served(DIALOGUE, request);

    assertThat(clinical(id).input()).contains("三周零四天", "Xylograph");
    assertThat(database()).contains(id.toString()).doesNotContain("三周零四天", "Xylograph", "反酸");
  }

  @Test
  void whatIsStoredIsWhatTheRecommendationWasMadeOf() {
    for (UUID id : List.of(served(SERVICE, minimal()), served(DIALOGUE, dialogue("P:反酸")))) {
      StoredInput input = log.input(id).orElseThrow();

      assertThat(EvidenceDigest.of(input.request().evidence()))
          .isEqualTo(log.find(Actor.person("olivia"), id).orElseThrow().evidenceDigest());
      assertThat(input.request().language()).isEqualTo(Language.EN);
      assertThat(input.orders()).contains("MedicationRequest/draft-1");
      assertThat(input.confidenceFloor()).isEqualTo(0.1);
      assertThat(input.limit()).isEqualTo(5);
    }
  }

  @Test
  void contentOfAMissingKeyIsSaidToBeSo() throws SQLException {
    UUID id = served(SERVICE, minimal());
    sql("update sealed_value set key_id = 'lost' where id = '" + id + "'");

    assertThat(clinical(id)).isEqualTo(Clinical.unavailable("key-missing"));
    assertThat(log.input(id)).isEmpty();
  }

  @Test
  void contentOfTwoEntriesCannotBeSwapped() throws SQLException {
    UUID one = served(SERVICE, minimal());
    UUID two = served(SERVICE, minimal());
    sql(
        "update sealed_value set id = case id when '%1$s' then '%2$s-x' else '%1$s-x' end"
                .formatted(one, two)
            + " where id in ('%s', '%s')".formatted(one, two));
    sql(
        "update sealed_value set id = replace(id, '-x', '') where id in ('%s-x', '%s-x')"
            .formatted(one, two));

    assertThat(clinical(one)).isEqualTo(Clinical.unavailable("damaged"));
    assertThat(clinical(two)).isEqualTo(Clinical.unavailable("damaged"));
  }

  @Test
  void expiredContentIsSaidToBeSoAndTheEntryStays() throws SQLException {
    UUID id = served(SERVICE, minimal());
    sql("delete from sealed_value where id = '" + id + "'");

    assertThat(clinical(id)).isEqualTo(Clinical.unavailable("expired"));
    assertThat(log.find(Actor.person("olivia"), id).orElseThrow().evidenceDigest()).hasSize(64);
  }

  @Test
  void contentFromBeforeItWasSealedIsEmptiedAndCountsAsExpired() throws Exception {
    UUID id = served(SERVICE, minimal());
    sql("delete from sealed_value where id = '" + id + "'");
    sql(
        "update recommendation set cards = '[\"Xanthippe\"]', probabilities = '[1]',"
            + " omissions = '[]' where id = '"
            + id
            + "'");
    sql(
        "insert into feedback_event (received_at, service_id, card_id, outcome, outcome_at,"
            + " accepted_suggestions, reason_display, user_comment, orphan)"
            + " values (now(), 's', 'before', 'overridden', now(), '', 'Xanthippe', null, true)");

    assertThat(clinical(id)).isEqualTo(Clinical.unavailable("expired"));
    sql(Files.readString(Path.of("db-migrations", "V202611230900__empty_unsealed_content.sql")));

    assertThat(database()).contains(id.toString()).doesNotContain("Xanthippe");
  }

  @Test
  void withoutSealedContentThereIsNoEntryAndNoCard() throws SQLException {
    ObjectNode request = minimal();
    long before = log.page(Actor.person("olivia"), LogSearch.all(), 0, 1).total();
    sql("alter table sealed_value rename to sealed_value_away");
    try {
      given()
          .contentType(ContentType.JSON)
          .body(request.toString())
          .post(SERVICE)
          .then()
          .statusCode(503);
    } finally {
      sql("alter table sealed_value_away rename to sealed_value");
    }

    assertThat(log.page(Actor.person("olivia"), LogSearch.all(), 0, 1).total()).isEqualTo(before);
  }
}
