package org.medcue.platform.sealing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table of sealed values, over a connection whose transaction is the caller's. */
final class SealedRows {

  /** A data key and the key that wraps it. */
  record Wrapped(Place place, String keyId, byte[] key) {}

  private final Connection connection;

  SealedRows(Connection connection) {
    this.connection = connection;
  }

  void insert(Place place, Sealed sealed, Instant now) throws SQLException {
    try (PreparedStatement sql =
        connection.prepareStatement(
            "insert into sealed_value (kind, id, sealed_at, key_id, wrapped_key, content)"
                + " values (?, ?, ?, ?, ?, ?)")) {
      sql.setString(1, place.kind());
      sql.setString(2, place.id());
      sql.setTimestamp(3, Timestamp.from(now));
      sql.setString(4, sealed.keyId());
      sql.setBytes(5, sealed.wrappedKey());
      sql.setBytes(6, sealed.content());
      sql.executeUpdate();
    }
  }

  Map<String, Sealed> find(String kind, Collection<String> ids) throws SQLException {
    Map<String, Sealed> found = new HashMap<>();
    try (PreparedStatement sql =
        connection.prepareStatement(
            "select id, key_id, wrapped_key, content from sealed_value"
                + " where kind = ? and id = any (?)")) {
      sql.setString(1, kind);
      sql.setArray(2, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet rows = sql.executeQuery()) {
        while (rows.next()) {
          found.put(
              rows.getString(1), new Sealed(rows.getString(2), rows.getBytes(3), rows.getBytes(4)));
        }
      }
    }
    return found;
  }

  int delete(String kind, Collection<String> ids) throws SQLException {
    try (PreparedStatement sql =
        connection.prepareStatement("delete from sealed_value where kind = ? and id = any (?)")) {
      sql.setString(1, kind);
      sql.setArray(2, connection.createArrayOf("text", ids.toArray()));
      return sql.executeUpdate();
    }
  }

  /** Deletes the oldest of those sealed before an instant. */
  int deleteOlderThan(Instant limit, int most) throws SQLException {
    try (PreparedStatement sql =
        connection.prepareStatement(
            "delete from sealed_value where (kind, id) in (select kind, id from sealed_value"
                + " where sealed_at < ? order by sealed_at limit ?)")) {
      sql.setTimestamp(1, Timestamp.from(limit));
      sql.setInt(2, most);
      return sql.executeUpdate();
    }
  }

  /** How many values each key wraps, by key id. */
  Map<String, Long> countByKey() throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (PreparedStatement sql =
            connection.prepareStatement("select key_id, count(*) from sealed_value group by 1");
        ResultSet rows = sql.executeQuery()) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }

  /** The next values, after a place in the table's order, that another key than this wraps. */
  List<Wrapped> nextOfOtherKeys(String keyId, Place after, int most) throws SQLException {
    List<Wrapped> next = new ArrayList<>();
    try (PreparedStatement sql =
        connection.prepareStatement(
            "select kind, id, key_id, wrapped_key from sealed_value where key_id <> ?"
                + " and (kind, id) > (?, ?) order by kind, id limit ? for update")) {
      sql.setString(1, keyId);
      sql.setString(2, after.kind());
      sql.setString(3, after.id());
      sql.setInt(4, most);
      try (ResultSet rows = sql.executeQuery()) {
        while (rows.next()) {
          Place place = new Place(rows.getString(1), rows.getString(2));
          next.add(new Wrapped(place, rows.getString(3), rows.getBytes(4)));
        }
      }
    }
    return next;
  }

  void rewrap(Place place, String keyId, byte[] wrappedKey) throws SQLException {
    try (PreparedStatement sql =
        connection.prepareStatement(
            "update sealed_value set key_id = ?, wrapped_key = ? where kind = ? and id = ?")) {
      sql.setString(1, keyId);
      sql.setBytes(2, wrappedKey);
      sql.setString(3, place.kind());
      sql.setString(4, place.id());
      sql.executeUpdate();
    }
  }
}
