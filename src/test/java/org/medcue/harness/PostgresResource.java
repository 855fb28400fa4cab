package org.medcue.harness;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for the tests of one run. The service connects as a role that owns nothing, as
 * in production; {@link #asOwner} is what the operator of the database could do.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

  private static final String OWNER = "postgres";

  private @Nullable EmbeddedPostgres postgres;

  @Override
  public Map<String, String> start() {
    try {
      EmbeddedPostgres started = EmbeddedPostgres.start();
      postgres = started;
      try (Connection owner = started.getPostgresDatabase().getConnection();
          Statement sql = owner.createStatement()) {
        sql.execute("create role medcue_app login password 'medcue_app'");
      }
      return Map.of(
          "quarkus.datasource.jdbc.url",
          "jdbc:postgresql://localhost:" + started.getPort() + "/postgres",
          "quarkus.datasource.username",
          "medcue_app",
          "quarkus.datasource.password",
          "medcue_app",
          "quarkus.flyway.username",
          OWNER,
          "quarkus.flyway.password",
          OWNER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("no role for the application", e);
    }
  }

  /** A connection of the database's owner. */
  public static Connection asOwner() throws SQLException {
    String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
    return DriverManager.getConnection(url, OWNER, OWNER);
  }

  @Override
  public void stop() {
    try {
      if (postgres != null) {
        postgres.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
