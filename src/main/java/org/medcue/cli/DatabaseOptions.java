package org.medcue.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/** Which database a command reads; by default the one that the service is configured with. */
final class DatabaseOptions {

  private static final String PREFIX = "quarkus.datasource.";

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "JDBC URL of PostgreSQL; default: quarkus.datasource.jdbc.url.")
  private @Nullable String url;

  @Option(
      names = "--user",
      description =
          "Database user; default: quarkus.datasource.username. The password is read from"
              + " quarkus.datasource.password (QUARKUS_DATASOURCE_PASSWORD).")
  private @Nullable String user;

  /**
   * Tries the database that the service is configured with, if one is.
   *
   * @throws CommandException saying what to check, if it cannot be connected to
   */
  static void requireReachable() {
    if (ConfigProvider.getConfig().getOptionalValue(PREFIX + "jdbc.url", String.class).isEmpty()) {
      return;
    }
    try (Connection database = new DatabaseOptions().connect()) {
      database.getMetaData();
    } catch (SQLException | CommandException e) {
      throw new CommandException(
          "no connection to the database; check quarkus.datasource.jdbc.url, .username and"
              + " QUARKUS_DATASOURCE_PASSWORD");
    }
  }

  /**
   * @throws CommandException saying what to set, if there is no such database
   */
  Connection connect() {
    Config config = ConfigProvider.getConfig();
    PGSimpleDataSource source = new PGSimpleDataSource();
    String address =
        Optional.ofNullable(url)
            .or(() -> config.getOptionalValue(PREFIX + "jdbc.url", String.class))
            .orElseThrow(
                () -> new CommandException("which database? give --database jdbc:postgresql://…"));
    try {
      source.setUrl(address);
      String name =
          Optional.ofNullable(user)
              .or(() -> config.getOptionalValue(PREFIX + "username", String.class))
              .orElse(null);
      String password = config.getOptionalValue(PREFIX + "password", String.class).orElse(null);
      return source.getConnection(name, password);
    } catch (SQLException | IllegalArgumentException e) {
      throw new CommandException(
          "no connection to the database; check --database, --user and"
              + " QUARKUS_DATASOURCE_PASSWORD");
    }
  }
}
