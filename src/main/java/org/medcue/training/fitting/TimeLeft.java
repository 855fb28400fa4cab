package org.medcue.training.fitting;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a training ends, from what the epochs of each phase took. A phase that has not begun is not
 * guessed at: then it is told when that phase begins. Patience may end a training before.
 */
final class TimeLeft {

  private final List<PlannedEpoch> plan;
  private final Map<String, EpochFigures> latest = new HashMap<>();

  /**
   * @param plan all epochs
   * @param history of those that are over
   */
  TimeLeft(List<PlannedEpoch> plan, List<EpochFigures> history) {
    this.plan = plan;
    history.forEach(epoch -> latest.put(epoch.phase(), epoch));
  }

  /**
   * In words, such as {@code 3:05 left} or {@code 0:20 to fine-tuning}; empty where nothing is
   * known or left.
   *
   * @param at index of the epoch that runs or is next
   * @param done visits of it done
   * @param elapsed seconds on those
   */
  String text(int at, int done, double elapsed) {
    double left = 0;
    int i = at;
    for (; i < plan.size(); i++) {
      double steps = steps(i, at, done, elapsed);
      if (Double.isNaN(steps)) {
        break;
      }
      left += (i == at ? 1 - share(at, done) : 1) * steps + validation(i);
    }
    if (i == at) {
      return "";
    }
    return clock(left) + (i == plan.size() ? " left" : " to " + plan.get(i).phase().name());
  }

  /** Seconds of the steps of an epoch; NaN where its phase has not begun. */
  private double steps(int epoch, int at, int done, double elapsed) {
    @Nullable EpochFigures before = latest.get(plan.get(epoch).phase().name());
    boolean running = done > 0 && plan.get(epoch).phase() == plan.get(at).phase();
    if (!running) {
      return before == null ? Double.NaN : before.seconds();
    }
    return before == null
        ? elapsed / share(at, done)
        : (before.seconds() + elapsed) / (1 + share(at, done));
  }

  private double validation(int epoch) {
    @Nullable EpochFigures before = latest.get(plan.get(epoch).phase().name());
    return before == null ? 0 : before.validationSeconds();
  }

  private double share(int epoch, int done) {
    return (double) done / plan.get(epoch).units();
  }

  private static String clock(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return time.toHours() == 0
        ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
        : String.format(
            Locale.ROOT,
            "%d:%02d:%02d",
            time.toHours(),
            time.toMinutesPart(),
            time.toSecondsPart());
  }
}
