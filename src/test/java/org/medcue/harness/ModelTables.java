package org.medcue.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the database holds of the model of visits, as its owner reads it. */
public final class ModelTables {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODEL = "mrkpa/";

  private ModelTables() {}

  /**
   * A change of a version, as the audit trail tells of it.
   *
   * @param at when it was written down, before it was committed
   * @param version such as {@code 2.1.0}
   * @param to its state from then on; empty where it stayed
   * @param by who did it
   * @param request the identifier of what was asked for; empty where nobody had to ask
   */
  public record Change(Instant at, String version, String to, String by, String request) {}

  /** States by version, in small letters. */
  public static Map<String, String> states() throws SQLException {
    return pairs("select version, lower(state) from model_version where model = 'mrkpa'");
  }

  /** The version in each row of the log, by the identifier of the call. */
  public static Map<String, String> cited() throws SQLException {
    return pairs("select hook_instance::text, model_version from recommendation");
  }

  /** What became of requests, by their identifiers, in small letters. */
  public static Map<String, String> requests() throws SQLException {
    return pairs("select id::text, lower(status) from model_request");
  }

  private static Map<String, String> pairs(String select) throws SQLException {
    Map<String, String> pairs = new TreeMap<>();
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement();
        ResultSet rows = sql.executeQuery(select)) {
      while (rows.next()) {
        String twice = pairs.put(rows.getString(1), rows.getString(2));
        if (twice != null) {
          throw new AssertionError(rows.getString(1) + ": " + twice + ", " + rows.getString(2));
        }
      }
    }
    return pairs;
  }

  /** The changes of the trail, the oldest first. */
  public static List<Change> changes() throws SQLException {
    List<Change> changes = new ArrayList<>();
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "select recorded_at, entity, details, actor from audit_event"
                    + " where action = 'model-change' and entity like 'model/%' order by seq")) {
      while (rows.next()) {
        JsonNode details = JSON.readTree(rows.getString(3));
        changes.add(
            new Change(
                rows.getTimestamp(1).toInstant(),
                rows.getString(2).substring(("model/" + MODEL).length()),
                details.path("to").asText(),
                rows.getString(4),
                details.path("request").asText()));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return changes;
  }

  /** The states that somebody comes to who knows the trail alone. */
  public static Map<String, String> statesByTheTrail() throws SQLException {
    Map<String, String> states = new TreeMap<>();
    for (Change change : changes()) {
      if (!change.to().isEmpty()) {
        states.put(change.version(), change.to());
      }
    }
    return states;
  }
}
