package org.medcue.serving;

import java.util.Optional;

/**
 * What answers for a service on this replica, and what should. Versions are given as {@code
 * mrkpa/2.1.0}.
 *
 * @param answers the version that answers; empty where the service is not answered
 * @param canary the version that answers for some patients
 * @param assigned the version that should answer
 * @param problem why something that should be loaded is not
 */
public record ServiceModels(
    Optional<String> answers,
    Optional<String> canary,
    Optional<String> assigned,
    Optional<String> problem) {

  /** Of a service that is switched off on this replica. */
  public static ServiceModels off() {
    return new ServiceModels(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
