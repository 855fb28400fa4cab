package org.medcue.training.fitting;

/**
 * How far a training has come.
 *
 * @param done epochs done, of all phases
 * @param fineTuned fine-tuning epochs among them
 * @param bestEpoch the fine-tuning epoch with the best validation score, 0 before the first
 * @param best its score
 * @param units visits trained on
 * @param seconds spent on them
 */
record FittingState(
    int done, int fineTuned, int bestEpoch, double best, long units, double seconds) {

  static final FittingState START = new FittingState(0, 0, 0, 0, 0, 0);

  FittingState trained(long moreUnits, double moreSeconds) {
    return new FittingState(
        done + 1, fineTuned, bestEpoch, best, units + moreUnits, seconds + moreSeconds);
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
        seconds);
  }
}
