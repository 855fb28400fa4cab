package org.medcue.serving;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.medcue.platform.FieldDigest;
import org.medcue.registry.Assignment.Assigned;
import org.medcue.registry.VersionRef;

/**
 * The versions of a model that are loaded here and what each is for.
 *
 * @param active answers; empty where the model answers nobody
 * @param canary answers for a share of the patients in its place
 * @param shadows answer unseen
 */
record Route(Optional<LoadedVersion> active, Optional<Canary> canary, List<LoadedVersion> shadows) {

  /** Nothing is loaded. */
  static final Route NONE = new Route(Optional.empty(), Optional.empty(), List.of());

  /** A version on trial, and the share of the patients that it answers for, 0 to 1. */
  record Canary(LoadedVersion version, double share) {

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s for %.1f %%", version, 100 * share);
    }
  }

  Route {
    shadows = List.copyOf(shadows);
  }

  /** Whose turn a patient is: the same version each time, as long as the share does not shrink. */
  Optional<LoadedVersion> of(String tenant, String patientId) {
    return canary
        .filter(on -> place(on.version().assigned().ref(), tenant, patientId) < on.share())
        .map(Canary::version)
        .or(() -> active);
  }

  boolean isCanary(LoadedVersion version) {
    return canary.filter(on -> on.version() == version).isPresent();
  }

  /** Who scores what one of the versions answered. */
  List<LoadedVersion> challengers(String answered) {
    return Stream.concat(active.stream(), shadows.stream())
        .distinct()
        .filter(version -> !version.assigned().ref().version().equals(answered))
        .filter(version -> shadows.contains(version) || answeredByCanary(answered))
        .toList();
  }

  private boolean answeredByCanary(String answered) {
    return canary
        .filter(on -> on.version().assigned().ref().version().equals(answered))
        .isPresent();
  }

  /** Every version, each once. */
  List<LoadedVersion> versions() {
    return Stream.of(active.stream(), canary.stream().map(Canary::version), shadows.stream())
        .flatMap(versions -> versions)
        .distinct()
        .toList();
  }

  Optional<LoadedVersion> find(Assigned assigned) {
    return versions().stream().filter(version -> version.assigned().equals(assigned)).findFirst();
  }

  /** Where a patient stands between 0 and 1, evenly spread and differently for each canary. */
  static double place(VersionRef canary, String tenant, String patientId) {
    String digest =
        new FieldDigest()
            .field("canary", canary)
            .field("tenant", tenant)
            .field("patient", patientId)
            .sha256();
    return (Long.parseUnsignedLong(digest.substring(0, 16), 16) >>> 11) * 0x1.0p-53;
  }

  @Override
  public String toString() {
    return active.map(version -> version + " answers").orElse("nothing answers")
        + canary.map(on -> ", " + on).orElse("")
        + (shadows.isEmpty() ? "" : ", unseen " + shadows);
  }
}
