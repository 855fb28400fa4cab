package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.cli.Result.medcue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.SealingKeyResource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SealingKeyResource.class)
class KeysCommandTest {

  @Inject AgroalDataSource database;

  @BeforeEach
  void sealSomethingWithALostKey() throws SQLException {
    sql(
        "insert into sealed_value values ('test', 'lost', now(), 'lost-key', '', '')"
            + " on conflict do nothing");
  }

  @AfterEach
  void forget() throws SQLException {
    sql("delete from sealed_value where id = 'lost'");
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  @Test
  void valuesOfALostKeyAreCountedAndTheCommandFails() {
    Result result = medcue("keys", "rewrap");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .contains("values are now wrapped with key it.")
        .contains("1 values of key lost-key cannot be opened.")
        .doesNotContain("No other key is needed");
  }
}
