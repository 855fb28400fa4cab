package org.medcue.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medcue.harness.PostgresResource;

/** Two of them on one database are two replicas. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UsedTokensTest {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final Instant SOON = NOW.plus(Duration.ofMinutes(5));

  @Inject AgroalDataSource database;

  private UsedTokens replica(Instant now) {
    return new UsedTokens(database, Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void tokenUsedAtOneReplicaIsUsedAtTheOther() {
    String jti = UUID.randomUUID().toString();

    assertThat(replica(NOW).isFirstUse("a", jti, SOON)).isTrue();
    assertThat(replica(NOW).isFirstUse("a", jti, SOON)).isFalse();
  }

  @Test
  void identifiersOfTenantsAreTheirOwn() {
    String jti = UUID.randomUUID().toString();

    assertThat(replica(NOW).isFirstUse("a", jti, SOON)).isTrue();
    assertThat(replica(NOW).isFirstUse("b", jti, SOON)).isTrue();
  }

  @Test
  void ofManyAtOnceOneIsFirst() throws Exception {
    List<UsedTokens> replicas = List.of(replica(NOW), replica(NOW));
    String jti = UUID.randomUUID().toString();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> calls =
          IntStream.range(0, 40)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> replicas.get(i % 2).isFirstUse("a", jti, SOON))
              .toList();
      int first = 0;
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        first += call.get() ? 1 : 0;
      }
      assertThat(first).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void expiredRowsAreDeletedAndOthersStay() throws SQLException {
    replica(NOW).isFirstUse("cleaned", "old", NOW);
    replica(NOW).isFirstUse("cleaned", "young", NOW.plus(Duration.ofHours(1)));

    replica(NOW.plus(Duration.ofMinutes(3))).isFirstUse("cleaned", "new", SOON);

    assertThat(rows("cleaned")).isEqualTo(2);
  }

  private static int rows(String tenant) throws SQLException {
    try (Connection connection = PostgresResource.asOwner();
        Statement sql = connection.createStatement();
        ResultSet count =
            sql.executeQuery("select count(*) from used_jti where tenant = '" + tenant + "'")) {
      assertThat(count.next()).isTrue();
      return count.getInt(1);
    }
  }
}
