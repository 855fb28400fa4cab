package org.medcue.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.medcue.training.Progress;

/**
 * Progress on standard error: on a terminal a bar with what is finished above it, in a log one line
 * for each work begun and for what it came to. Where the process is to end, the work stops at its
 * next word of progress.
 */
final class ConsoleProgress implements Progress, AutoCloseable {

  private static final int UPDATE_MILLIS = 500;
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 3;

  private final String task;
  private final PrintStream out;
  private final boolean terminal;
  private final Interruption interruption = Interruption.watch();
  private @Nullable ProgressBar bar;
  private int width;
  private String begun = "";

  /** Shows nothing yet: work that cannot start leaves the terminal to its error. */
  ConsoleProgress(String task) {
    this(task, System.err, System.console() != null);
  }

  /**
   * @param terminal whether a person watches; otherwise a file is written
   */
  ConsoleProgress(String task, PrintStream out, boolean terminal) {
    this.task = task;
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void update(String what, long done, long total) {
    interruption.check();
    if (terminal) {
      show(what, done, total);
    } else if (!what.equals(begun)) {
      begun = what;
      out.println(what);
    }
  }

  @Override
  public void update(String what, String figures, long done, long total) {
    interruption.check();
    if (terminal) {
      show(what + ": " + figures, done, total);
    } // else the line that says what it came to is enough
  }

  @Override
  public void finished(String line) {
    if (bar == null) {
      out.println(line);
    } else {
      out.println("\r" + String.format(Locale.ROOT, "%-" + width + "s", line));
      bar.refresh();
    }
  }

  private void show(String text, long done, long total) {
    ProgressBar shown = bar == null ? start() : bar;
    shown.setExtraMessage(text);
    shown.maxHint(total);
    shown.stepTo(done);
  }

  private ProgressBar start() {
    ConsoleProgressBarConsumer consumer = new ConsoleProgressBarConsumer(out);
    width = Math.max(1, consumer.getMaxRenderedLength());
    ProgressBar started =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setConsumer(consumer)
            .setRenderer(
                (state, length) ->
                    line(state.getNormalizedProgress(), state.getExtraMessage(), length))
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .build();
    bar = started;
    return started;
  }

  /**
   * One line of a terminal. The text has precedence: the bar takes what room is left.
   *
   * @param share done, between 0 and 1
   * @param width columns
   */
  static String line(double share, String text, int width) {
    String percent = String.format(Locale.ROOT, "%3.0f%% ", 100 * share);
    int room = Math.min(LONGEST_BAR, width - percent.length() - text.length() - "[] ".length());
    String bar = "";
    if (room >= SHORTEST_BAR) {
      int filled = (int) Math.round(share * room);
      bar = "[" + "=".repeat(filled) + " ".repeat(room - filled) + "] ";
    }
    String line = percent + bar + text;
    return line.substring(0, Math.min(line.length(), width));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    interruption.close();
  }
}
