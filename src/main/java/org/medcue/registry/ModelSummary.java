package org.medcue.registry;

import java.util.List;
import java.util.Optional;

/**
 * A model and which of its versions answer.
 *
 * @param name such as {@code mrkpa}
 * @param revision counts every change of one of its versions; the ETag
 * @param services that its versions answer for on this replica
 * @param active the version that answers
 * @param canary the version that answers for a share of the patients
 * @param canaryShare that share, 0 to 1
 * @param shadows versions that answer unseen
 */
public record ModelSummary(
    String name,
    long revision,
    List<String> services,
    Optional<String> active,
    Optional<String> canary,
    Optional<Double> canaryShare,
    List<String> shadows) {}
