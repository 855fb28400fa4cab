package org.medcue.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.StreamSupport;

/** Reads the trail row by row over a plain connection, for a check that trusts no service. */
public final class StoredTrail {

  private static final int FETCHED_AT_ONCE = 2_000;

  private final Connection connection;

  /**
   * @param connection open; stays open
   */
  public StoredTrail(Connection connection) {
    this.connection = connection;
  }

  /** How many rows there are about. */
  public long size() throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet count = sql.executeQuery("select count(*) from audit_event")) {
      count.next();
      return count.getLong(1);
    }
  }

  /**
   * Checks all rows, of which few are in memory at a time.
   *
   * @param heads heads whose signatures were found good
   * @param progress gets the number of each row read
   */
  public ChainCheck.Finding check(List<SignedHead> heads, LongConsumer progress)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement sql = connection.createStatement()) {
      sql.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet rows = sql.executeQuery("select * from audit_event order by seq")) {
        return ChainCheck.check(
            StreamSupport.stream(new Rows(rows, progress), false), List.copyOf(heads));
      }
    } catch (BrokenOff e) {
      throw e.reason;
    }
  }

  private static final class Rows extends Spliterators.AbstractSpliterator<AuditRecord> {

    private final ResultSet rows;
    private final LongConsumer progress;

    Rows(ResultSet rows, LongConsumer progress) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.rows = rows;
      this.progress = progress;
    }

    @Override
    public boolean tryAdvance(Consumer<? super AuditRecord> action) {
      try {
        if (!rows.next()) {
          return false;
        }
        AuditRecord row = row(rows);
        progress.accept(row.seq());
        action.accept(row);
        return true;
      } catch (SQLException e) {
        throw new BrokenOff(e);
      }
    }
  }

  private static AuditRecord row(ResultSet row) throws SQLException {
    return new AuditRecord(
        row.getLong("seq"),
        row.getTimestamp("recorded_at").toInstant(),
        row.getString("action"),
        Optional.ofNullable(row.getString("failure")),
        row.getString("actor_kind"),
        Optional.ofNullable(row.getString("tenant")),
        row.getString("actor"),
        Optional.ofNullable(row.getObject("subject", UUID.class)),
        Optional.ofNullable(row.getString("entity")),
        row.getString("details"),
        row.getString("previous_hash"),
        row.getString("hash"));
  }

  private static final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SQLException reason;

    BrokenOff(SQLException reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
