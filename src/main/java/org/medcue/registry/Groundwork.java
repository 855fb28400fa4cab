package org.medcue.registry;

import static org.medcue.registry.Outcome.refused;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.registry.Assignment.Assigned;
import org.medcue.registry.Outcome.Refusal;

/**
 * The slow part of a change, done between a short look and the transaction: to open a version each
 * of its files is digested, to try it out takes seconds. Nobody shall wait for a lock that long.
 */
@ApplicationScoped
class Groundwork {

  private final ModelRegistry folders;
  private final VersionCheck check;

  Groundwork(ModelRegistry folders, VersionCheck check) {
    this.folders = folders;
    this.check = check;
  }

  /** What the folders of versions said; a row that names other files finds nothing here. */
  record Read(Map<Assigned, VersionDetail.Files> files) {

    Optional<VersionDetail.Files> of(VersionEntity row) {
      return Optional.ofNullable(files.get(row.assigned()));
    }

    /** What to say of a row that names files which were not read. */
    static Outcome changedSince() {
      return refused(
          Refusal.STALE, "somebody changed a version of this model meanwhile, try again");
    }
  }

  /**
   * Makes a change whose conditions are slow to check.
   *
   * @param look at the rows, in a transaction of its own
   * @param change in the transaction; checks the rows again, and that they are what was read
   */
  Outcome before(Supplier<FirstLook> look, Function<Read, Outcome> change) {
    FirstLook first = look.get();
    if (first.refusal().isPresent()) {
      return first.refusal().get();
    }
    Read read;
    try {
      read = read(first);
    } catch (ModelException e) {
      return refused(e);
    }
    return change.apply(read);
  }

  private Read read(FirstLook look) {
    Map<Assigned, VersionDetail.Files> files = new HashMap<>();
    look.tryOut()
        .ifPresent(
            version -> {
              ModelFolder folder = folders.open(version);
              check.requireServable(folder);
              files.put(version, VersionDetail.Files.of(folder));
            });
    look.read()
        .forEach(
            version ->
                files.computeIfAbsent(
                    version, other -> VersionDetail.Files.of(folders.open(other))));
    return new Read(files);
  }
}
