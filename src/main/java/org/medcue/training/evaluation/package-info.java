/** Scores of systems on visits: metrics, groups, calibration, pairs, reports and plots. */
@NullMarked
package org.medcue.training.evaluation;

import org.jspecify.annotations.NullMarked;
