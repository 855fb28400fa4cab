package org.medcue.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What versions on trial scored, which happens some time after the answer. */
public final class ShadowAnswers {

  private ShadowAnswers() {}

  /**
   * Waits until so many are kept; for tests with a timeout.
   *
   * @param where SQL condition over {@code shadow_answer}
   */
  public static void until(String where, int count) throws SQLException {
    while (count(where) != count) {
      assertThat(Thread.interrupted()).as("timed out").isFalse();
    }
  }

  public static int count(String where) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement();
        ResultSet count = sql.executeQuery("select count(*) from shadow_answer where " + where)) {
      count.next();
      return count.getInt(1);
    }
  }
}
