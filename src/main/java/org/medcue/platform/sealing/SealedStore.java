package org.medcue.platform.sealing;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medcue.platform.Database;
import org.medcue.platform.UnavailableException;

/**
 * Keeps patient content sealed, each value under the row that it belongs to. All calls join the
 * current transaction or open one of their own.
 */
@ApplicationScoped
public class SealedStore {

  private static final Opened GONE = new Opened.Gone();

  private final Sealer sealer;
  private final AgroalDataSource database;
  private final Clock clock;

  SealedStore(Sealer sealer, AgroalDataSource database, Clock clock) {
    this.sealer = sealer;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Seals content for a row that has none yet.
   *
   * @throws UnavailableException if the database does not take it
   */
  public void put(Place place, byte[] content) {
    Sealed sealed = sealer.seal(place, content);
    Instant now = clock.instant();
    inTransaction(
        rows -> {
          rows.insert(place, sealed, now);
          return sealed;
        });
  }

  /** Opens the content of one row. */
  public Opened open(Place place) {
    return open(place.kind(), List.of(place.id())).getOrDefault(place.id(), GONE);
  }

  /** Opens the content of rows of one kind, by id; each is answered. */
  public Map<String, Opened> open(String kind, Collection<String> ids) {
    Map<String, Sealed> found =
        ids.isEmpty() ? Map.of() : inTransaction(rows -> rows.find(kind, ids));
    Map<String, Opened> opened = new HashMap<>();
    for (String id : ids) {
      Sealed sealed = found.get(id);
      opened.put(id, sealed == null ? GONE : sealer.open(new Place(kind, id), sealed));
    }
    return opened;
  }

  /** Deletes the content of rows of one kind; returns how many had any. */
  public int delete(String kind, Collection<String> ids) {
    return ids.isEmpty() ? 0 : inTransaction(rows -> rows.delete(kind, ids));
  }

  /**
   * Deletes the oldest content sealed before an instant.
   *
   * @param most how much at once
   * @return how much it was
   */
  public int deleteOlderThan(Instant limit, int most) {
    return inTransaction(rows -> rows.deleteOlderThan(limit, most));
  }

  /** Work on the table. */
  private interface Work<T> {
    T on(SealedRows rows) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    return Database.inTransaction(
        "the store of sealed values", database, connection -> work.on(new SealedRows(connection)));
  }
}
