package org.medcue.recommendation;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.medcue.platform.Database;
import org.medcue.platform.UnavailableException;
import org.medcue.recommendation.ModelComparison.Acceptance;
import org.medcue.recommendation.ModelComparison.Challenger;
import org.medcue.recommendation.ModelComparison.Latency;

/** Keeps what versions would have offered, and sums it up. */
@ApplicationScoped
public class ModelComparisons {

  private static final String CHALLENGERS =
      """
      select a.version, a.answered,
             count(*) filter (where not a.failed) as answers,
             count(*) filter (where a.failed) as failed,
             avg(a.agreement) as agreement,
             coalesce(sum(s.accepted), 0) as accepted,
             coalesce(sum(s.made_too), 0) as made_too,
             percentile_cont(0.5) within group (order by a.latency_us)
                 filter (where not a.failed) as p50,
             percentile_cont(0.95) within group (order by a.latency_us)
                 filter (where not a.failed) as p95,
             percentile_cont(0.5) within group (order by a.answered_us)
                 filter (where not a.failed) as answered_p50,
             percentile_cont(0.95) within group (order by a.answered_us)
                 filter (where not a.failed) as answered_p95
      from recommendation r
      join shadow_answer a on a.recommendation_id = r.id
      left join lateral (
          select count(*) as accepted,
                 count(*) filter (where suggestion.id = any (a.made_too)) as made_too
          from served_card card
          join served_suggestion suggestion on suggestion.card_id = card.id
          where card.recommendation_id = a.recommendation_id
            and suggestion.accepted
            and not a.failed) s on true
      where r.served_at >= ? and r.served_at < ?
        and a.model = ? and (a.version = ? or ?)
      group by a.version, a.answered
      order by a.version, a.answered
      """;

  private static final String ACCEPTANCE =
      """
      select r.model_version, count(*) as cards,
             count(*) filter (where card.outcome = 'accepted') as accepted
      from recommendation r
      join served_card card on card.recommendation_id = r.id
      where r.model_name = ? and card.outcome is not null
        and r.served_at >= ? and r.served_at < ?
      group by r.model_version
      order by r.model_version
      """;

  private final AgroalDataSource dataSource;

  ModelComparisons(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * How the versions of a model stand to each other, by what was answered on some days.
   *
   * @param version the challenger; all of them if empty
   * @throws UnavailableException if the database cannot be asked
   */
  public ModelComparison of(String model, Optional<String> version, Days days) {
    return ask(
        connection ->
            new ModelComparison(
                model,
                days.first(),
                days.last(),
                challengers(connection, model, version, days),
                acceptance(connection, model, days)));
  }

  /**
   * What doctors did with the cards that versions of a model answered with on some days.
   *
   * @throws UnavailableException if the database cannot be asked
   */
  List<Acceptance> acceptance(String model, Days days) {
    return ask(connection -> acceptance(connection, model, days));
  }

  private static List<Challenger> challengers(
      Connection connection, String model, Optional<String> version, Days days)
      throws SQLException {
    List<Challenger> challengers = new ArrayList<>();
    try (PreparedStatement sql = connection.prepareStatement(CHALLENGERS)) {
      sql.setObject(1, days.begin());
      sql.setObject(2, days.end());
      sql.setString(3, model);
      sql.setString(4, version.orElse(""));
      sql.setBoolean(5, version.isEmpty());
      try (ResultSet rows = sql.executeQuery()) {
        while (rows.next()) {
          challengers.add(challenger(rows));
        }
      }
    }
    return challengers;
  }

  private static Challenger challenger(ResultSet row) throws SQLException {
    return new Challenger(
        row.getString("version"),
        row.getString("answered"),
        row.getLong("answers"),
        row.getLong("failed"),
        number(row, "agreement"),
        row.getLong("accepted"),
        row.getLong("made_too"),
        new Latency(millis(row, "p50"), millis(row, "p95")),
        new Latency(millis(row, "answered_p50"), millis(row, "answered_p95")));
  }

  private static Optional<Double> millis(ResultSet row, String column) throws SQLException {
    return number(row, column).map(micros -> micros / 1000);
  }

  private static Optional<Double> number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  private static List<Acceptance> acceptance(Connection connection, String model, Days days)
      throws SQLException {
    List<Acceptance> acceptance = new ArrayList<>();
    try (PreparedStatement sql = connection.prepareStatement(ACCEPTANCE)) {
      sql.setString(1, model);
      sql.setObject(2, days.begin());
      sql.setObject(3, days.end());
      try (ResultSet rows = sql.executeQuery()) {
        while (rows.next()) {
          acceptance.add(new Acceptance(rows.getString(1), rows.getLong(2), rows.getLong(3)));
        }
      }
    }
    return acceptance;
  }

  void append(ShadowAnswer answer) {
    ask(
        connection -> {
          try (PreparedStatement sql =
              connection.prepareStatement(
                  "insert into shadow_answer (recommendation_id, model, answered, version, failed,"
                      + " agreement, made_too, answered_us, latency_us)"
                      + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            sql.setObject(1, answer.recommendation());
            sql.setString(2, answer.model());
            sql.setString(3, answer.answered());
            sql.setString(4, answer.version());
            sql.setBoolean(5, answer.agreement().isEmpty());
            sql.setObject(6, nullable(answer.agreement()));
            sql.setArray(7, connection.createArrayOf("uuid", answer.madeToo().toArray()));
            sql.setLong(8, TimeUnit.NANOSECONDS.toMicros(answer.answeredTime().toNanos()));
            sql.setLong(9, TimeUnit.NANOSECONDS.toMicros(answer.time().toNanos()));
            return sql.executeUpdate();
          }
        });
  }

  private static @Nullable Double nullable(Optional<Double> value) {
    return value.orElse(null);
  }

  private <T> T ask(Database.Work<T> query) {
    return Database.inTransaction("the comparison of models", dataSource, query);
  }
}
