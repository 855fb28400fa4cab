package org.medcue.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.medcue.training.Progress;

/** A progress bar on standard error. */
final class ConsoleProgress implements Progress, AutoCloseable {

  private static final int UPDATE_MILLIS = 1000;

  private final ProgressBar bar;

  ConsoleProgress(String task) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .build();
  }

  @Override
  public void update(String what, long done, long total) {
    bar.setExtraMessage(what);
    bar.maxHint(total);
    bar.stepTo(done);
  }

  @Override
  public void close() {
    bar.close();
  }
}
