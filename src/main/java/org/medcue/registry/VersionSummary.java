package org.medcue.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * A version and where it stands.
 *
 * @param model its model
 * @param version its number
 * @param state in small letters, such as {@code evaluated}
 * @param shadow whether it answers unseen
 * @param canaryShare the share of the patients that it answers for, 0 to 1
 * @param replaced the version that it took the place of
 * @param digest SHA-256 of its manifest
 * @param registeredAt when it was registered
 * @param changedAt when its state changed last
 */
public record VersionSummary(
    String model,
    String version,
    String state,
    boolean shadow,
    Optional<Double> canaryShare,
    Optional<String> replaced,
    String digest,
    Instant registeredAt,
    Instant changedAt) {

  static VersionSummary of(VersionEntity row) {
    return new VersionSummary(
        row.model,
        row.version,
        ModelChanges.code(row.state),
        row.shadow,
        Optional.ofNullable(row.canaryShare),
        Optional.ofNullable(row.replaced),
        row.digest,
        row.registeredAt,
        row.changedAt);
  }

  Assignment.Assigned assigned() {
    return new Assignment.Assigned(new VersionRef(model, version), digest);
  }
}
