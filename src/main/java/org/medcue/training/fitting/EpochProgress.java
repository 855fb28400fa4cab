package org.medcue.training.fitting;

import java.util.List;
import java.util.Locale;
import org.medcue.training.Progress;

/** Tells how the epochs of a training go. */
final class EpochProgress {

  private final List<PlannedEpoch> plan;
  private final Progress progress;
  private final long totalUnits;

  EpochProgress(List<PlannedEpoch> plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
    this.totalUnits = units(plan);
  }

  private static long units(List<PlannedEpoch> epochs) {
    return epochs.stream().mapToLong(PlannedEpoch::units).sum();
  }

  /**
   * After a step.
   *
   * @param state before the epoch
   * @param done units of the epoch done
   * @param loss of the step
   * @param seconds of the epoch so far
   */
  void step(FittingState state, int done, double loss, double seconds) {
    int at = state.done();
    String figures =
        format("loss %.3f", loss)
            + timeLeft(new TimeLeft(plan, state.history()).text(at, done, seconds))
            + format(", %,.0f %s/s", done / seconds, plan.get(at).phase().unit())
            + (state.fineTuned() == 0 ? "" : format(", best %.4f", state.best()));
    progress.update(plan.get(at).title(), figures, units(plan.subList(0, at)) + done, totalUnits);
  }

  /**
   * After an epoch.
   *
   * @param state with the epoch in it
   * @param stopped whether it was the last, though more were planned
   */
  void finished(FittingState state, boolean stopped) {
    int at = state.done() - 1;
    PlannedEpoch epoch = plan.get(at);
    EpochFigures figures = state.history().get(at);
    StringBuilder line = new StringBuilder(epoch.title());
    line.append(format(": loss %.3f, rate %.1e", figures.loss(), epoch.phase().learningRate()));
    double speed = epoch.units() / Math.max(1e-9, figures.seconds());
    line.append(format(", %,.0f %s/s", speed, epoch.phase().unit()));
    if (epoch.fineTuning()) {
      Double prAuc = figures.validationPrAuc();
      line.append(", validation PR-AUC ").append(prAuc == null ? "-" : format("%.4f", prAuc));
    }
    if (state.fineTuned() > 0) {
      line.append(format(", best %.4f in epoch %d", state.best(), state.bestEpoch()));
    }
    line.append(format(", took %.0f s", figures.seconds() + figures.validationSeconds()));
    line.append(
        stopped
            ? format(", stopped: no better for %d epochs", state.fineTuned() - state.bestEpoch())
            : timeLeft(new TimeLeft(plan, state.history()).text(state.done(), 0, 0)));
    progress.finished(line.toString());
  }

  private static String timeLeft(String text) {
    return text.isEmpty() ? "" : ", " + text;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
