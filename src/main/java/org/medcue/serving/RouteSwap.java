package org.medcue.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelException;
import org.medcue.registry.Assignment;
import org.medcue.registry.Assignment.Assigned;

/**
 * Brings a route to what is assigned. What it loads is ready before anyone is sent to it; unless it
 * is committed, closing it frees what was loaded and leaves the route that was before.
 */
final class RouteSwap implements AutoCloseable {

  /** Loads a version, warm and checked. */
  interface Loader {

    /**
     * @throws ModelException if it cannot be used
     */
    LoadedVersion load(Assigned assigned);

    /**
     * The knowledge that a version was built on.
     *
     * @throws ModelException if its manifest cannot be read
     */
    List<KnowledgeVersion> cites(Assigned assigned);

    /** Where it computes. */
    default String device() {
      return "cpu";
    }
  }

  private final Route before;
  private final Loader loader;
  private final List<LoadedVersion> loaded = new ArrayList<>();
  private final Map<String, Throwable> missing = new TreeMap<>();
  private Route after = Route.NONE;

  private RouteSwap(Route before, Loader loader) {
    this.before = before;
    this.loader = loader;
  }

  /**
   * Loads what the route before has not, see {@link #missing} for what it could not. Where that is
   * the active version the one before stays in its place; a canary or shadow is left out, also if
   * it cites other knowledge than the active version and so cannot be compared with it on the same
   * evidence.
   */
  static RouteSwap start(Route before, Assignment wanted, Loader loader) {
    RouteSwap swap = new RouteSwap(before, loader);
    try {
      swap.after = swap.prepare(wanted);
      return swap;
    } catch (RuntimeException | Error e) {
      swap.close();
      throw e;
    }
  }

  private Route prepare(Assignment wanted) {
    Optional<LoadedVersion> active =
        wanted.active().flatMap(assigned -> ifPossible(assigned, () -> {}).or(before::active));
    Optional<Route.Canary> canary =
        wanted
            .canary()
            .flatMap(on -> onTrial(on.version(), active).map(v -> new Route.Canary(v, on.share())));
    return new Route(
        active,
        canary,
        wanted.shadows().stream().flatMap(shadow -> onTrial(shadow, active).stream()).toList());
  }

  private Optional<LoadedVersion> onTrial(Assigned assigned, Optional<LoadedVersion> active) {
    return ifPossible(
        assigned,
        () -> active.ifPresent(answers -> requireSameKnowledge(assigned, answers.model())));
  }

  private Optional<LoadedVersion> ifPossible(Assigned assigned, Runnable condition) {
    if (missing.containsKey(assigned.ref().toString())) {
      return Optional.empty();
    }
    try {
      condition.run();
      return Optional.of(version(assigned));
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) { // also of the native library
      missing.put(assigned.ref().toString(), e);
      return Optional.empty();
    }
  }

  private void requireSameKnowledge(Assigned trial, ServedModel active) {
    List<KnowledgeVersion> cited =
        before
            .find(trial)
            .map(loadedBefore -> loadedBefore.model().knowledge())
            .orElseGet(() -> loader.cites(trial));
    if (!cited.equals(active.knowledge())) {
      throw new ModelException(
          trial.ref()
              + " cites "
              + cited
              + ", the active version "
              + active.knowledge()
              + ": end its trial");
    }
  }

  private LoadedVersion version(Assigned assigned) {
    return before
        .find(assigned)
        .or(() -> loaded.stream().filter(one -> one.assigned().equals(assigned)).findFirst())
        .orElseGet(
            () -> {
              LoadedVersion version = loader.load(assigned);
              loaded.add(version);
              return version;
            });
  }

  /** What could not be loaded and why, by version. */
  Map<String, Throwable> missing() {
    return missing;
  }

  /** Whether anything is other than before. */
  boolean changes() {
    return !after.equals(before);
  }

  /**
   * Sends requests to the new route and lets the versions that it has not drain.
   *
   * @param publish what makes the new route the one that is asked
   */
  void commit(Consumer<Route> publish) {
    publish.accept(after);
    loaded.clear();
    before.versions().stream()
        .filter(version -> !after.versions().contains(version))
        .forEach(LoadedVersion::giveBack);
  }

  @Override
  public void close() {
    loaded.forEach(LoadedVersion::giveBack);
    loaded.clear();
  }
}
