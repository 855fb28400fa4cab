package org.medcue.training.fitting;

import java.util.List;
import java.util.stream.Stream;

/**
 * How far a training has come.
 *
 * @param done epochs done, of all phases
 * @param fineTuned fine-tuning epochs among them
 * @param bestEpoch the fine-tuning epoch with the best validation score, 0 before the first
 * @param best its score
 * @param units visits trained on
 * @param seconds spent on them
 * @param history the figures of each epoch done, in order
 */
record FittingState(
    int done,
    int fineTuned,
    int bestEpoch,
    double best,
    long units,
    double seconds,
    List<EpochFigures> history) {

  static final FittingState START = new FittingState(0, 0, 0, 0, 0, 0, List.of());

  FittingState {
    history = List.copyOf(history);
  }

  FittingState trained(long moreUnits, double moreSeconds) {
    return new FittingState(
        done + 1, fineTuned, bestEpoch, best, units + moreUnits, seconds + moreSeconds, history);
  }

  /** Whether a score is the best so far; one that is not a number gives way to any that is. */
  boolean improvedBy(double score) {
    return fineTuned == 0 || score > best || (Double.isNaN(best) && !Double.isNaN(score));
  }

  FittingState validated(double score) {
    boolean better = improvedBy(score);
    return new FittingState(
        done,
        fineTuned + 1,
        better ? fineTuned + 1 : bestEpoch,
        better ? score : best,
        units,
        seconds,
        history);
  }

  FittingState recorded(EpochFigures epoch) {
    List<EpochFigures> longer = Stream.concat(history.stream(), Stream.of(epoch)).toList();
    return new FittingState(done, fineTuned, bestEpoch, best, units, seconds, longer);
  }
}
