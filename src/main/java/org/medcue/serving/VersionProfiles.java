package org.medcue.serving;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.medcue.model.ModelException;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.registry.ModelRegistry;
import org.medcue.registry.VersionRef;

/** What versions saw in training, whether they are loaded here or not. */
@ApplicationScoped
public class VersionProfiles {

  private final ModelRegistry registry;

  /** To open a version is to read all of its files; they never change. */
  private final Map<VersionRef, TrainingProfile> read = new ConcurrentHashMap<>();

  VersionProfiles(ModelRegistry registry) {
    this.registry = registry;
  }

  /**
   * The profile of a version.
   *
   * @return empty if the version has none
   * @throws ModelException if there is no such version, or it cannot be read
   */
  public Optional<TrainingProfile> of(String model, String version) {
    VersionRef ref = ref(model, version);
    TrainingProfile known = read.get(ref);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<TrainingProfile> found = TrainingProfile.find(registry.open(ref));
    found.ifPresent(profile -> read.put(ref, profile));
    return found;
  }

  private static VersionRef ref(String model, String version) {
    try {
      return new VersionRef(model, version);
    } catch (IllegalArgumentException e) {
      throw new ModelException("no such version", e);
    }
  }
}
