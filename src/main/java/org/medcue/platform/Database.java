package org.medcue.platform;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Work in a transaction, and what it means when that fails. */
public final class Database {

  /** Work on a connection. */
  public interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  private Database() {}

  /**
   * Does some work in the current transaction, or in one of its own.
   *
   * @param part what the database holds for the caller, for the log; never patient content
   * @throws UnavailableException if the database or its transaction failed; anything else that the
   *     work throws is a fault of Medcue and goes on as it is
   */
  public static <T> T inTransaction(String part, Supplier<T> work) {
    try {
      return QuarkusTransaction.joiningExisting().call(work::get);
    } catch (RuntimeException e) {
      throw isOfTheDatabase(e) ? new UnavailableException(part, e) : e;
    }
  }

  /**
   * Does some work on a connection in the current transaction, or in one of its own.
   *
   * @param part as of {@link #inTransaction(String, Supplier)}
   * @throws UnavailableException as there, and for every {@link SQLException} of the work
   */
  public static <T> T inTransaction(String part, DataSource dataSource, Work<T> work) {
    return inTransaction(
        part,
        () -> {
          try (Connection connection = dataSource.getConnection()) {
            return work.in(connection);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  // Suppliers throw nothing checked, so Quarkus wraps only what its transactions throw.
  private static boolean isOfTheDatabase(RuntimeException failure) {
    if (failure instanceof QuarkusTransactionException || failure instanceof PersistenceException) {
      return true;
    }
    @Nullable Throwable cause = failure;
    while (cause != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }
}
