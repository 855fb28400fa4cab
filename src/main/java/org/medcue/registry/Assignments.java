package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.medcue.platform.Database;
import org.medcue.platform.UnavailableException;

/** What the database says now about which versions answer. */
@ApplicationScoped
public class Assignments {

  /**
   * The channel of PostgreSQL on which every change of a model is told; the payload is its name.
   */
  public static final String CHANNEL = "medcue_models";

  private final ModelRepository repository;

  Assignments(ModelRepository repository) {
    this.repository = repository;
  }

  /**
   * Every model's assignment, by its name.
   *
   * @throws UnavailableException if the database cannot be asked
   */
  public Map<String, Assignment> all() {
    return Database.inTransaction(
        "the model registry",
        () ->
            repository.assigned().stream()
                .collect(
                    Collectors.groupingBy(
                        row -> row.model,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                            Collectors.toList(), Assignments::assignment))));
  }

  /** What was registered under a name, whether it answers or not. */
  public Optional<Assignment.Assigned> registered(VersionRef ref) {
    return Database.inTransaction(
        "the model registry", () -> repository.version(ref).map(VersionEntity::assigned));
  }

  private static Assignment assignment(List<VersionEntity> rows) {
    return new Assignment(
        rows.get(0).model,
        rows.stream()
            .filter(row -> row.state == VersionState.ACTIVE)
            .map(VersionEntity::assigned)
            .findFirst(),
        rows.stream().flatMap(row -> canary(row).stream()).findFirst(),
        rows.stream().filter(row -> row.shadow).map(VersionEntity::assigned).toList());
  }

  private static Optional<Assignment.Canary> canary(VersionEntity row) {
    return Optional.ofNullable(row.canaryShare)
        .map(share -> new Assignment.Canary(row.assigned(), share));
  }
}
