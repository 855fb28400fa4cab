package org.medcue.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.medcue.harness.PostgresResource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DatabaseTest {

  @Inject AgroalDataSource dataSource;

  private static void fail(RuntimeException failure) {
    Database.inTransaction(
        "the test",
        () -> {
          throw failure;
        });
  }

  @Test
  void resultIsReturned() {
    assertThat(Database.inTransaction("the test", () -> 1)).isEqualTo(1);
  }

  @Test
  void failureOfTheDatabaseMeansUnavailable() {
    assertThatThrownBy(() -> fail(new PersistenceException()))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> fail(new IllegalStateException(new SQLException())))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void connectionIsOfTheTransactionAndItsFailureMeansUnavailable() {
    assertThat(Database.inTransaction("the test", dataSource, Connection::getAutoCommit)).isFalse();
    assertThatThrownBy(
            () ->
                Database.inTransaction(
                    "the test",
                    dataSource,
                    connection -> {
                      throw new SQLException();
                    }))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void faultOfMedcueStaysOne() {
    IllegalStateException fault = new IllegalStateException();

    assertThatThrownBy(() -> fail(fault)).isSameAs(fault);
  }
}
