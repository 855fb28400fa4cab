package org.medcue.training.comparison;

import org.medcue.training.evaluation.RunScores;

/**
 * One finished run of the comparison, as it is kept on disk.
 *
 * @param fingerprint of data, split and epochs: runs of others are not mixed
 * @param chosen what was chosen on validation patients
 * @param temperature of calibration, fitted on validation patients
 * @param validationPrAuc of the weights that were kept
 * @param validationJaccard at the threshold, which was chosen there
 * @param minutes the run took
 * @param unitsPerSecond visits trained on a second; 0 where nothing was fitted by steps
 * @param meanPredicted drugs a test visit
 * @param eceBefore expected calibration error on test patients, uncalibrated
 * @param eceAfter the same calibrated
 * @param test scores of test patients, visit by visit
 */
record ComparisonRun(
    String fingerprint,
    String chosen,
    double temperature,
    double validationPrAuc,
    double validationJaccard,
    double minutes,
    double unitsPerSecond,
    double meanPredicted,
    double eceBefore,
    double eceAfter,
    RunScores test) {}
