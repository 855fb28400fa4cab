package org.medcue.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.medcue.harness.EhrTokens.keySet;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.medcue.harness.EhrTokens;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class TenantResourceTest {

  private static final String KEYS = keySet(EhrTokens.curve("k", "P-384"));

  private final String id = "t-" + UUID.randomUUID().toString().substring(0, 8);

  private static String body(String issuer, String name, String more) {
    return """
        {"name": "%s", "issuer": "%s", "keySet": %s, "publicBase": "https://medcue.example",
         "reason": "contract signed"%s}
        """
        .formatted(name, issuer, KEYS, more);
  }

  private String body(String name) {
    return body("https://" + id + ".example", name, "");
  }

  private static RequestSpecification ada() {
    return Tokens.bearer("ada");
  }

  private static RequestSpecification json(String body) {
    return ada().contentType(ContentType.JSON).body(body);
  }

  private Response add() {
    return json(body("Hospital")).header("If-None-Match", "*").put("/api/tenants/" + id);
  }

  @Test
  void tenantIsAddedReadAndListed() {
    add().then().statusCode(201).header("ETag", "\"1\"");

    ada()
        .get("/api/tenants/" + id)
        .then()
        .statusCode(200)
        .header("ETag", "\"1\"")
        .body("id", equalTo(id))
        .body("name", equalTo("Hospital"))
        .body("keySet.keys[0].kid", equalTo("k"))
        .body("requestsPerMinute", equalTo(600))
        .body("dryRun", equalTo(false))
        .body("enabled", equalTo(true));
    ada()
        .get("/api/tenants?size=100")
        .then()
        .statusCode(200)
        .body("items.id", hasItem(id))
        .body("size", equalTo(100));
  }

  @Test
  void whatWasReadCanBeSentBack() {
    add();
    String read = ada().get("/api/tenants/" + id).asString();
    String changed =
        read.replaceFirst("\\{", "{\"reason\": \"new name\",").replace("Hospital", "B");

    json(changed)
        .header("If-Match", "\"1\"")
        .put("/api/tenants/" + id)
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("name", equalTo("B"));
  }

  @Test
  void updateOnAnOldVersionIsLost() {
    add();
    json(body("B")).header("If-Match", "\"1\"").put("/api/tenants/" + id).then().statusCode(200);

    json(body("C"))
        .header("If-Match", "\"1\"")
        .put("/api/tenants/" + id)
        .then()
        .statusCode(412)
        .contentType("application/problem+json");
    json(body("C")).put("/api/tenants/" + id).then().statusCode(428);
    add().then().statusCode(412);
    assertThat(ada().get("/api/tenants/" + id).jsonPath().getString("name")).isEqualTo("B");
  }

  @Test
  void ofTwoWhoAddATenantAtOnceTheSecondIsToldThatItIsThere() throws Exception {
    ExecutorService admin = Executors.newSingleThreadExecutor();
    try (Connection first = PostgresResource.asOwner();
        Statement sql = first.createStatement()) {
      first.setAutoCommit(false);
      sql.execute(
          "insert into tenant values ('%s', 'https://%s.example', true, '{}', 1, now())"
              .formatted(id, id));
      Future<Response> second = admin.submit(this::add);
      awaitAWaitingInsert();
      first.commit();

      second.get().then().statusCode(412).body("violations[0].path", equalTo("If-None-Match"));
      sql.execute("delete from tenant where id = '" + id + "'");
      first.commit();
    } finally {
      admin.shutdownNow();
    }
  }

  private static void awaitAWaitingInsert() throws Exception {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement()) {
      for (int i = 0; i < 1_000; i++) {
        try (ResultSet waiting =
            sql.executeQuery("select 1 from pg_stat_activity where wait_event_type = 'Lock'")) {
          if (waiting.next()) {
            return;
          }
        }
        Thread.sleep(10);
      }
    }
    throw new AssertionError("nobody waits");
  }

  @Test
  void newTenantIsSaidWithAStarAlone() {
    json(body("A"))
        .header("If-None-Match", "\"1\"")
        .put("/api/tenants/" + id)
        .then()
        .statusCode(400)
        .body("violations[0].path", equalTo("If-None-Match"));
  }

  @Test
  void characterThatTheDatabaseCannotHoldIsRefused() {
    add();
    ada().urlEncodingEnabled(false).get("/api/tenants/a%00").then().statusCode(400);
    ada()
        .urlEncodingEnabled(false)
        .delete("/api/tenants/" + id + "?reason=a%00")
        .then()
        .statusCode(400)
        .body("violations[0].path", equalTo("reason"));
    json(body("A").replace("contract signed", "a\\u0000"))
        .header("If-Match", "\"1\"")
        .put("/api/tenants/" + id)
        .then()
        .statusCode(400);
  }

  @Test
  void issuerBelongsToOneTenant() {
    add();

    json(body("Other"))
        .header("If-None-Match", "*")
        .put("/api/tenants/" + id + "-2")
        .then()
        .statusCode(409)
        .body("violations[0].path", equalTo("issuer"));
  }

  @Test
  void everyBadFieldIsNamed() {
    json(body("ehr", "", ", \"origins\": [\"*\"], \"burst\": 0"))
        .header("If-None-Match", "*")
        .put("/api/tenants/" + id)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations.path", containsInAnyOrder("name", "issuer", "origins[0]", "burst"));
  }

  @Test
  void changeNeedsAReason() {
    json(body("A").replace("contract signed", " "))
        .header("If-None-Match", "*")
        .put("/api/tenants/" + id)
        .then()
        .statusCode(400)
        .body("detail", containsString("reason"));
    add();
    ada().delete("/api/tenants/" + id).then().statusCode(400);
  }

  @Test
  void disabledTenantStaysOnRecord() {
    add();

    ada()
        .queryParam("reason", "contract ended")
        .delete("/api/tenants/" + id)
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("enabled", equalTo(false));
    ada().get("/api/tenants/" + id).then().statusCode(200).body("enabled", equalTo(false));
  }

  @Test
  void changesAreInTheAuditTrail() throws SQLException {
    add();
    json(body("B")).header("If-Match", "\"1\"").put("/api/tenants/" + id);
    ada().queryParam("reason", "contract ended").delete("/api/tenants/" + id);

    assertThat(trail())
        .containsSubsequence(
            "ada", "added", "contract signed", "ada", "name", "ada", "enabled", "contract ended");
  }

  private String trail() throws SQLException {
    try (Connection connection = PostgresResource.asOwner();
        Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "select string_agg(e::text, ' ' order by seq) from audit_event e where entity ="
                    + " 'tenant/"
                    + id
                    + "'")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @Test
  void unknownTenantIsAProblem() {
    ada().get("/api/tenants/nobody").then().statusCode(404);
    json(body("A")).header("If-Match", "\"1\"").put("/api/tenants/nobody").then().statusCode(404);
    ada().get("/api/tenants?size=0").then().statusCode(400);
  }
}
