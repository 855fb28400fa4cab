package org.medcue.harness;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps what is logged while it is open, with every parameter and cause. */
public final class LogRecorder extends Handler implements AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogRecorder() {}

  public static LogRecorder open() {
    LogRecorder recorder = new LogRecorder();
    Logger.getLogger("").addHandler(recorder);
    return recorder;
  }

  public List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line.getMessage() + Arrays.toString(line.getParameters()));
    for (@Nullable Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
      lines.add(cause.toString());
    }
  }

  @Override
  public void flush() {
    // nothing waits
  }

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
