/** MR-KPA compared with its ablations and baselines. */
@NullMarked
package org.medcue.training.comparison;

import org.jspecify.annotations.NullMarked;
