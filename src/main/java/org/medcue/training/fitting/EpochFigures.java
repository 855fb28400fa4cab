package org.medcue.training.fitting;

import org.jspecify.annotations.Nullable;

/**
 * What an epoch came to.
 *
 * @param phase its name
 * @param epoch its number in that phase, from 1
 * @param loss mean a visit, over the whole epoch
 * @param validationPrAuc mean average precision of validation patients; null where none were scored
 *     or none could be
 * @param seconds of its steps
 * @param validationSeconds of scoring validation patients; 0 where none were
 */
public record EpochFigures(
    String phase,
    int epoch,
    double loss,
    @Nullable Double validationPrAuc,
    double seconds,
    double validationSeconds) {}
