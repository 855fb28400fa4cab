package org.medcue.harness;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes everybody who appends to the audit trail wait, refusals noted behind a test included. */
public final class TrailLock implements AutoCloseable {

  private final Connection connection;

  private TrailLock(Connection connection) {
    this.connection = connection;
  }

  /** Waits for whoever appends at present. */
  public static TrailLock hold() throws SQLException {
    Connection connection = PostgresResource.asOwner();
    try (Statement sql = connection.createStatement()) {
      // As in AuditRepository
      sql.execute("select pg_advisory_lock(" + 0x6d65646375650001L + ")");
    }
    return new TrailLock(connection);
  }

  public void release() throws SQLException {
    connection.close();
  }

  @Override
  public void close() throws SQLException {
    release();
  }
}
