package org.medcue.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of our own for a person who tries Medcue. Its data are gone when the service ends;
 * production names a real database.
 */
final class EmbeddedDatabase implements AutoCloseable {

  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
  private static final String APPLICATION_ROLE = "medcue_app";
  private static final String OWNER = "postgres";

  private final @Nullable EmbeddedPostgres postgres;

  private EmbeddedDatabase(@Nullable EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** Starts PostgreSQL on a free port and points the datasource to it, unless one is configured. */
  static EmbeddedDatabase startUnlessConfigured() throws IOException {
    Optional<String> configured =
        ConfigProvider.getConfig().getOptionalValue(JDBC_URL, String.class);
    if (configured.isPresent()) {
      return new EmbeddedDatabase(null);
    }
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
    createApplicationRole(postgres);
    // Not getJdbcUrl: it names the owner, whom a user name set beside it does not replace.
    System.setProperty(JDBC_URL, "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres");
    System.setProperty("quarkus.datasource.username", APPLICATION_ROLE);
    System.setProperty("quarkus.datasource.password", APPLICATION_ROLE);
    System.setProperty("quarkus.flyway.username", OWNER);
    System.setProperty("quarkus.flyway.password", OWNER);
    return new EmbeddedDatabase(postgres);
  }

  private static void createApplicationRole(EmbeddedPostgres postgres) throws IOException {
    try (Connection owner = postgres.getPostgresDatabase().getConnection();
        Statement sql = owner.createStatement()) {
      sql.execute("create role %1$s login password '%1$s'".formatted(APPLICATION_ROLE));
    } catch (SQLException e) {
      throw new IOException("cannot prepare the embedded PostgreSQL", e);
    }
  }

  /** Says on standard output where the data go. */
  void announce() {
    if (postgres != null) {
      System.out.println(
          "Embedded PostgreSQL on port "
              + postgres.getPort()
              + ", for trying Medcue: its data end with this process. Set "
              + JDBC_URL
              + " to use a server.");
    }
  }

  @Override
  public void close() throws IOException {
    if (postgres != null) {
      System.clearProperty(JDBC_URL);
      postgres.close();
    }
  }
}
