package org.medcue.serving;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.medcue.registry.Assignments;
import org.postgresql.PGConnection;

/**
 * Looks at the assignments whenever PostgreSQL tells of a change and, as the safety net, at an
 * interval: on a thread of its own over a connection of its own, since a pooled one is not ours to
 * keep. A lost connection is opened again, less and less often at first; what was missed meanwhile
 * is found by the interval.
 */
final class AssignmentFollower implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(AssignmentFollower.class);
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final int SECONDS_FOR_A_SIGN_OF_LIFE = 5;

  private final Runnable look;
  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Connection listening;

  /**
   * @param listening opens the connection to listen on; empty for the interval alone
   */
  AssignmentFollower(Runnable look, Duration interval, Optional<OwnConnection> listening) {
    if (interval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("medcue.serving.poll is at least " + SHORTEST);
    }
    this.look = look;
    this.interval = interval;
    this.thread =
        new Thread(() -> listening.ifPresentOrElse(this::listen, this::poll), "assignments");
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void poll() {
    while (!pause(interval)) {
      look.run();
    }
  }

  private void listen(OwnConnection connector) {
    Duration pause = FIRST_PAUSE;
    boolean told = false;
    do {
      try (Connection connection = connector.open();
          Statement sql = connection.createStatement()) {
        listening = connection;
        sql.execute("listen " + Assignments.CHANNEL);
        LOG.debugf("Listening on %s", Assignments.CHANNEL);
        pause = FIRST_PAUSE;
        told = false;
        hear(connection);
      } catch (SQLException e) {
        if (!told && closed.getCount() > 0) {
          // Its message may name the server, never a patient
          LOG.warnf(
              "Changes of models are found by the poll every %s until the database can be listened"
                  + " to again: %s",
              interval, e.getMessage());
        }
        told = true;
        look.run();
        pause = min(pause.multipliedBy(2), interval);
      }
    } while (!pause(pause));
  }

  private void hear(Connection connection) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    while (closed.getCount() > 0) {
      look.run(); // first of all at what changed while nobody listened
      postgres.getNotifications(Math.toIntExact(interval.toMillis()));
      if (!connection.isValid(SECONDS_FOR_A_SIGN_OF_LIFE)) {
        throw new SQLException("the connection is dead");
      }
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Waits; true if it is closed. */
  private boolean pause(Duration time) {
    try {
      return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the thread; a look that is under way comes to its end. */
  @Override
  public void close() {
    closed.countDown();
    Connection connection = listening;
    try {
      if (connection != null) {
        connection.abort(Runnable::run);
      }
      thread.join(TimeUnit.SECONDS.toMillis(SECONDS_FOR_A_SIGN_OF_LIFE));
    } catch (SQLException e) {
      LOG.debug("The connection was closed already");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
