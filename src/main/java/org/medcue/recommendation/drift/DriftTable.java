package org.medcue.recommendation.drift;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.medcue.platform.Database;
import org.medcue.platform.UnavailableException;

/** The counts of all replicas. */
@ApplicationScoped
class DriftTable {

  private static final String ADD =
      """
      insert into drift_count (model, version, day, field, bin, count) values (?, ?, ?, ?, ?, ?)
      on conflict (model, version, day, field, bin)
      do update set count = drift_count.count + excluded.count
      """;

  private static final String SUMS =
      """
      select model, version, field, bin, sum(count) as count
      from drift_count
      where day between ? and ?
      group by model, version, field, bin
      """;

  private static final String SUMS_OF_VERSION =
      """
      select model, version, field, bin, sum(count) as count
      from drift_count
      where day between ? and ? and model = ? and version = ?
      group by model, version, field, bin
      """;

  /** Names a version whose answers were counted. */
  record Answering(String model, String version) {}

  private final AgroalDataSource dataSource;

  DriftTable(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Adds counts to those that are there.
   *
   * @throws UnavailableException if the database does not take them; then it took none
   */
  void add(SortedMap<DriftKey, Long> counts) {
    inTransaction(
        connection -> {
          try (PreparedStatement sql = connection.prepareStatement(ADD)) {
            for (Map.Entry<DriftKey, Long> count : counts.entrySet()) {
              DriftKey key = count.getKey();
              sql.setString(1, key.model());
              sql.setString(2, key.version());
              sql.setObject(3, key.day());
              sql.setString(4, key.cell().field().code());
              sql.setString(5, key.cell().bin());
              sql.setLong(6, count.getValue());
              sql.addBatch();
            }
            return sql.executeBatch();
          }
        });
  }

  /** Counts of a version, from the first to the last day. */
  Map<DriftCell, Long> of(Answering version, LocalDate first, LocalDate last) {
    return inTransaction(
        connection -> {
          try (PreparedStatement sql = connection.prepareStatement(SUMS_OF_VERSION)) {
            sql.setObject(1, first);
            sql.setObject(2, last);
            sql.setString(3, version.model());
            sql.setString(4, version.version());
            return sums(sql).getOrDefault(version, Map.of());
          }
        });
  }

  /** Counts of every version, from the first to the last day. */
  Map<Answering, Map<DriftCell, Long>> all(LocalDate first, LocalDate last) {
    return inTransaction(
        connection -> {
          try (PreparedStatement sql = connection.prepareStatement(SUMS)) {
            sql.setObject(1, first);
            sql.setObject(2, last);
            return sums(sql);
          }
        });
  }

  private static Map<Answering, Map<DriftCell, Long>> sums(PreparedStatement sql)
      throws SQLException {
    Map<Answering, Map<DriftCell, Long>> sums = new HashMap<>();
    try (ResultSet rows = sql.executeQuery()) {
      while (rows.next()) {
        sums.computeIfAbsent(
                new Answering(rows.getString("model"), rows.getString("version")),
                version -> new HashMap<>())
            .put(
                new DriftCell(DriftField.of(rows.getString("field")), rows.getString("bin")),
                rows.getLong("count"));
      }
    }
    return sums;
  }

  private <T> T inTransaction(Database.Work<T> work) {
    return Database.inTransaction("the counts of drift", dataSource, work);
  }
}
