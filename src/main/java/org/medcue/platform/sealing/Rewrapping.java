package org.medcue.platform.sealing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.medcue.platform.sealing.SealedRows.Wrapped;

/**
 * Wraps every data key with the active key, so that the keys before it can be taken out of the
 * configuration. The service may run meanwhile: a batch locks its rows for milliseconds. What is
 * done is done: cut off, it goes on where it was.
 */
public final class Rewrapping {

  private static final int BATCH = 500;

  /**
   * What it came to.
   *
   * @param rewrapped values that another key wrapped before
   * @param left values that no configured key opens, by the id of the key that they name
   */
  public record Result(long rewrapped, Map<String, Long> left) {}

  private final Sealer sealer;
  private final Connection connection;

  /**
   * @param connection to the database; transactions are ended on it
   */
  public Rewrapping(SealingKeys keys, Connection connection) {
    this.sealer = new Sealer(keys);
    this.connection = connection;
  }

  /** How many values another key than the active one wraps. */
  public long outstanding() throws SQLException {
    Map<String, Long> counts = new TreeMap<>(new SealedRows(connection).countByKey());
    counts.remove(sealer.keys().activeId());
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Rewraps everything, a transaction for each batch.
   *
   * @param progress hears after each batch how many values were looked at
   */
  public Result run(LongConsumer progress) throws SQLException {
    connection.setAutoCommit(false);
    Map<String, Long> left = new TreeMap<>();
    Place after = new Place("", "");
    long seen = 0;
    long rewrapped = 0;
    List<Wrapped> batch;
    do {
      batch = new SealedRows(connection).nextOfOtherKeys(sealer.keys().activeId(), after, BATCH);
      for (Wrapped value : batch) {
        if (rewrap(value)) {
          rewrapped++;
        } else {
          left.merge(value.keyId(), 1L, Long::sum);
        }
        after = value.place();
      }
      connection.commit();
      seen += batch.size();
      progress.accept(seen);
    } while (batch.size() == BATCH);
    return new Result(rewrapped, left);
  }

  private boolean rewrap(Wrapped value) throws SQLException {
    Optional<byte[]> key = sealer.rewrap(value.place(), value.keyId(), value.key());
    if (key.isPresent()) {
      new SealedRows(connection).rewrap(value.place(), sealer.keys().activeId(), key.get());
    }
    return key.isPresent();
  }
}
