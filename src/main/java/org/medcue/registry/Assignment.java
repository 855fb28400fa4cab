package org.medcue.registry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which versions of a model answer.
 *
 * @param model its name
 * @param active the version that answers; empty before the first activation
 * @param canary the version that answers for some patients in its place
 * @param shadows versions that answer unseen; the canary may be one
 */
public record Assignment(
    String model, Optional<Assigned> active, Optional<Canary> canary, List<Assigned> shadows) {

  /**
   * A version and what its files must be.
   *
   * @param ref the version
   * @param digest SHA-256 of the manifest that was registered, in hexadecimal
   */
  public record Assigned(VersionRef ref, String digest) {}

  /**
   * A version on trial.
   *
   * @param version the version
   * @param share of the patients, above 0 to 0.5
   */
  public record Canary(Assigned version, double share) {}

  public Assignment {
    shadows = List.copyOf(shadows);
  }

  /** Every version that has to be loaded, each once. */
  public List<Assigned> versions() {
    return Stream.of(active.stream(), canary.stream().map(Canary::version), shadows.stream())
        .flatMap(versions -> versions)
        .distinct()
        .toList();
  }
}
