package org.medcue.platform;

import io.quarkus.logging.LoggingFilter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what somebody sent from posing as a line of the log: each message begins one line, and
 * whatever follows it is indented. Of failures that libraries of the web server log, only classes
 * and frames stay: their messages may quote the request, and so the patient.
 */
@LoggingFilter(name = "log-lines")
public final class LogLines implements Filter {

  private static final List<String> WEB =
      List.of(
          "io.netty.",
          "io.quarkus.mutiny.",
          "io.quarkus.oidc.",
          "io.quarkus.resteasy.",
          "io.quarkus.vertx.",
          "io.smallrye.mutiny.",
          "io.vertx.",
          "org.jboss.resteasy.");

  private static final Formatter MESSAGE = new PatternFormatter("%s");

  private static final String INDENTED = "\n  ";

  @Override
  public boolean isLoggable(LogRecord line) {
    // Quarkus hands over no others
    if (line instanceof ExtLogRecord record) {
      String message = String.valueOf(MESSAGE.formatMessage(record));
      String plain = plain(message) + failure(record);
      if (!plain.equals(message)) {
        record.setMessage(plain, ExtLogRecord.FormatStyle.NO_FORMAT);
        record.setParameters(null);
      }
    }
    return true;
  }

  /** A failure in words of ours, which no handler adds to any more. */
  private static String failure(ExtLogRecord record) {
    @Nullable Throwable thrown = record.getThrown();
    if (thrown == null) {
      return "";
    }
    record.setThrown(null);
    if (isWeb(record.getLoggerName())) {
      return FailureTrace.of(thrown);
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return plain("\n" + trace.toString().stripTrailing());
  }

  private static boolean isWeb(@Nullable String category) {
    return category != null && WEB.stream().anyMatch(category::startsWith);
  }

  /** The same with every further line indented, and without what a terminal acts upon. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lineEnd = c == '\n' || (c == '\r' && text.startsWith("\n", i + 1));
      if (c == '\n') {
        plain.append(INDENTED);
      } else if (!lineEnd) {
        plain.append(c == '\t' || isShown(c) ? c : '?');
      }
    }
    return plain.toString();
  }

  private static boolean isShown(char c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
