package org.medcue.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.medcue.harness.PostgresResource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DatabaseTest {

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
  void faultOfMedcueStaysOne() {
    IllegalStateException fault = new IllegalStateException();

    assertThatThrownBy(() -> fail(fault)).isSameAs(fault);
  }
}
