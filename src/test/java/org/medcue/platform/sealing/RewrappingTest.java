package org.medcue.platform.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medcue.harness.PostgresResource;

/** With the rights that the service has. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RewrappingTest {

  private static final String OLD = "old-" + UUID.randomUUID().toString().substring(0, 8);
  private static final String NEW = OLD.replace("old", "new");
  private static final Map<String, String> KEYS = Map.of(OLD, key(1), NEW, key(2));
  private static final int VALUES = 1_200;

  @Inject AgroalDataSource database;

  private static String key(int fill) {
    byte[] key = new byte[32];
    key[0] = (byte) fill;
    return Base64.getEncoder().encodeToString(key);
  }

  private static SealingKeys keys(String active) {
    return SealingKeys.of(KEYS, Optional.of(active));
  }

  @BeforeEach
  void sealValuesWithTheOldKey() throws SQLException {
    Sealer sealer = new Sealer(keys(OLD));
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      SealedRows rows = new SealedRows(connection);
      for (int i = 0; i < VALUES; i++) {
        Place place = new Place("test", UUID.randomUUID().toString());
        rows.insert(place, sealer.seal(place, place.id().getBytes(UTF_8)), Instant.now());
      }
      connection.commit();
    }
  }

  private long under(String key) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return new SealedRows(connection).countByKey().getOrDefault(key, 0L);
    }
  }

  private Rewrapping.Result rewrap(SealingKeys keys) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return new Rewrapping(keys, connection).run(done -> {});
    }
  }

  @Test
  void afterwardsTheNewKeyAloneOpensEverything() throws SQLException {
    Rewrapping.Result result = rewrap(keys(NEW));

    assertThat(result.rewrapped()).isGreaterThanOrEqualTo(VALUES);
    assertThat(result.left()).doesNotContainKey(OLD);
    assertThat(under(OLD)).isZero();
    Sealer onlyNew = new Sealer(SealingKeys.of(Map.of(NEW, key(2)), Optional.empty()));
    try (Connection connection = database.getConnection()) {
      List<String> ids = ids(connection);
      assertThat(ids).hasSizeGreaterThanOrEqualTo(VALUES);
      new SealedRows(connection)
          .find("test", ids)
          .forEach(
              (id, value) ->
                  assertThat(onlyNew.open(new Place("test", id), value))
                      .isInstanceOfSatisfying(
                          Opened.Content.class,
                          content -> assertThat(content.bytes()).asString().isEqualTo(id)));
    }
  }

  private static List<String> ids(Connection connection) throws SQLException {
    try (var sql = connection.createStatement();
        var rows =
            sql.executeQuery(
                "select id from sealed_value where kind = 'test' and key_id = '" + NEW + "'")) {
      List<String> ids = new java.util.ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
      return ids;
    }
  }

  @Test
  void aRunThatWasBrokenOffGoesOnWhereItWas() throws SQLException {
    try (Connection connection = database.getConnection()) {
      Rewrapping rewrapping = new Rewrapping(keys(NEW), connection);
      assertThatThrownBy(
              () ->
                  rewrapping.run(
                      done -> {
                        throw new IllegalStateException("broken off");
                      }))
          .hasMessage("broken off");
      connection.rollback();
    }
    long left = under(OLD);
    assertThat(left).isPositive().isLessThan(VALUES);

    assertThat(rewrap(keys(NEW)).rewrapped()).isEqualTo(left);
    assertThat(under(OLD)).isZero();
  }

  @Test
  void valuesOfAMissingKeyAreCountedAndLeftAsTheyAre() throws SQLException {
    long before = under(OLD);

    Rewrapping.Result result = rewrap(SealingKeys.of(Map.of(NEW, key(2)), Optional.empty()));

    assertThat(result.left()).containsEntry(OLD, before);
    assertThat(under(OLD)).isEqualTo(before);
    rewrap(keys(NEW));
  }

  @Test
  void theServiceMayNotChangeWhatADataKeyOpens() throws SQLException {
    try (Connection connection = database.getConnection();
        var sql = connection.createStatement()) {
      assertThatThrownBy(() -> sql.execute("update sealed_value set content = ''"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }
}
