package org.medcue.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.medcue.platform.UnavailableException;

/**
 * Remembers which tokens were used, for all replicas: the database decides who was first. A row is
 * kept a while longer than its token is good, so that no clock of a replica brings it back.
 */
@ApplicationScoped
public class UsedTokens {

  private static final Duration KEPT_LONGER = Duration.ofMinutes(2);
  private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

  private final DataSource database;
  private final Clock clock;
  private final AtomicLong cleanedAtMillis = new AtomicLong();

  UsedTokens(DataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Marks a token as used. Call it for tokens whose signature is good only: anybody else could fill
   * the table.
   *
   * @param goodUntil when it expires at the latest
   * @return whether this is its first use
   * @throws UnavailableException if the database does not answer
   */
  public boolean isFirstUse(String tenant, String jti, Instant goodUntil) {
    try (Connection connection = database.getConnection()) {
      clean(connection);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into used_jti (tenant, digest, expires_at) values (?, ?, ?)"
                  + " on conflict (tenant, digest) do nothing")) {
        insert.setString(1, tenant);
        insert.setBytes(2, digest(jti));
        insert.setTimestamp(3, Timestamp.from(goodUntil.plus(KEPT_LONGER)));
        return insert.executeUpdate() == 1;
      }
    } catch (SQLException e) {
      throw new UnavailableException("the used tokens", e);
    }
  }

  private void clean(Connection connection) throws SQLException {
    Instant now = clock.instant();
    long last = cleanedAtMillis.get();
    if (now.toEpochMilli() - last < BETWEEN_CLEANINGS.toMillis()
        || !cleanedAtMillis.compareAndSet(last, now.toEpochMilli())) {
      return;
    }
    try (PreparedStatement delete =
        connection.prepareStatement("delete from used_jti where expires_at < ?")) {
      delete.setTimestamp(1, Timestamp.from(now));
      delete.executeUpdate();
    }
  }

  private static byte[] digest(String jti) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(jti.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
