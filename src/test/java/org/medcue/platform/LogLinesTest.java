package org.medcue.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  private static final String FORGED = "2026-11-23 08:00:00 INFO  [org.medcue] (main) Promoted";

  private static String shown(String category, String message, @Nullable Throwable failure) {
    ExtLogRecord record = new ExtLogRecord(Level.WARNING, "%s", LogLinesTest.class.getName());
    record.setMessage("%s", ExtLogRecord.FormatStyle.PRINTF);
    record.setParameters(new Object[] {message});
    record.setLoggerName(category);
    record.setThrown(failure);
    assertThat(new LogLines().isLoggable(record)).isTrue();
    return new PatternFormatter("%s%e%n").format(record);
  }

  @Test
  void textOfOthersBeginsNoLine() {
    for (String end : new String[] {"\n", "\r\n", "\r", "\u0085", "\u2028", "\u000b", "\f"}) {
      assertThat(shown("org.medcue", "state x" + end + FORGED, null).split("\\R"))
          .noneMatch(line -> line.startsWith("2026"));
    }
  }

  @Test
  void terminalIsToldNothing() {
    assertThat(shown("org.medcue", "a\u001b[31mb\u009b2Jc\u202ed\te", null))
        .isEqualTo("a?[31mb?2Jc?d\te\n");
  }

  @Test
  void messageOfAFailureBeginsNoLineEither() {
    Exception failure = new IllegalStateException("x\n" + FORGED, new Exception("y\r" + FORGED));

    assertThat(shown("org.flywaydb", "failed", failure))
        .contains("IllegalStateException", "at org.medcue.platform.LogLinesTest")
        .doesNotContain("\n2026", "\r");
  }

  @Test
  void failureThatTheWebServerLogsIsShownWithoutWhatItQuotes() {
    Exception failure = new IllegalArgumentException("Quillfeather", new Exception("Zaphrentis"));

    for (String category : new String[] {"io.vertx.core.impl.ContextImpl", "io.quarkus.oidc.X"}) {
      assertThat(shown(category, "Unhandled exception", failure))
          .contains("Unhandled exception", "IllegalArgumentException", "LogLinesTest")
          .doesNotContain("Quillfeather", "Zaphrentis");
    }
  }

  @Test
  void plainLineStaysAsItIs() {
    assertThat(shown("org.medcue", "100% ready: 你好", null)).isEqualTo("100% ready: 你好\n");
  }
}
