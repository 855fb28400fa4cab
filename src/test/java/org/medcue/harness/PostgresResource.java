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
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for the tests of one run. The service connects as a role that owns nothing, as
 * in production; {@link #asOwner} is what the operator of the database could do.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

  private static final String OWNER = "postgres";

  /** For tests of the package, whose configuration is that of another process. */
  private static final String URL = "medcue.test.jdbc-url";

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
      String url = "jdbc:postgresql://localhost:" + started.getPort() + "/postgres";
      System.setProperty(URL, url);
      return Map.of(
          "quarkus.datasource.jdbc.url",
          url,
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
    return DriverManager.getConnection(System.getProperty(URL), OWNER, OWNER);
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
