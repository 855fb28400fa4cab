/**
 * Whether versions are asked and answer as in training: counts in use against training profiles.
 */
@NullMarked
package org.medcue.recommendation.drift;

import org.jspecify.annotations.NullMarked;
