/** Cohorts, splits, fine-tuning, metrics and evaluation reports; runs in a plain JVM. */
@NullMarked
package org.medcue.training;

import org.jspecify.annotations.NullMarked;
