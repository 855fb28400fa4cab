package org.medcue.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.medcue.training.Progress;

/** A progress bar on standard error. */
final class ConsoleProgress implements Progress, AutoCloseable {

  private static final int UPDATE_MILLIS = 1000;
  private static final int LOG_WIDTH = 160;

  private final String task;
  private @Nullable ProgressBar bar;

  /** Shows nothing yet: work that cannot start leaves the terminal to its error. */
  ConsoleProgress(String task) {
    this.task = task;
  }

  @Override
  public void update(String what, long done, long total) {
    ProgressBar shown = bar == null ? start() : bar;
    shown.setExtraMessage(what);
    shown.maxHint(total);
    shown.stepTo(done);
  }

  private ProgressBar start() {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS);
    if (System.console() == null) {
      builder.setMaxRenderedLength(LOG_WIDTH); // a file has no width to keep to
    }
    ProgressBar started = builder.build();
    bar = started;
    return started;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
