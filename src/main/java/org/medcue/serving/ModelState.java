package org.medcue.serving;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.knowledge.Terminology;
import org.medcue.registry.Assignment;

/**
 * How it stands with a model on this replica.
 *
 * @param route what is loaded
 * @param assigned the version that should answer
 * @param problems why assigned versions are not loaded, by version
 * @param terminology what its requests are read by; empty while nothing is loaded
 */
record ModelState(
    Route route,
    Optional<String> assigned,
    Map<String, String> problems,
    Optional<Terminology> terminology) {

  static final ModelState NOTHING =
      new ModelState(Route.NONE, Optional.empty(), Map.of(), Optional.empty());

  ModelState {
    problems = Map.copyOf(problems);
  }

  /** The same route under another assignment. */
  ModelState with(Assignment wanted, Map<String, ? extends Throwable> missing) {
    Map<String, String> why = new TreeMap<>();
    missing.forEach(
        (version, failure) ->
            why.put(version, Optional.ofNullable(failure.getMessage()).orElse(failure.toString())));
    return new ModelState(
        route, wanted.active().map(active -> active.ref().toString()), why, terminology);
  }

  ModelState with(Route other) {
    return new ModelState(other, assigned, problems, terminology);
  }

  ModelState with(Terminology other) {
    return new ModelState(route, assigned, problems, Optional.of(other));
  }

  /** The knowledge of its versions, which all cite the same; nothing while none is loaded. */
  List<KnowledgeVersion> cited() {
    return route.versions().stream()
        .findFirst()
        .map(version -> version.model().knowledge())
        .orElse(List.of());
  }

  /** What to say where there are problems other than before. */
  Optional<String> newProblem(ModelState before) {
    return problems.isEmpty() || problems.equals(before.problems)
        ? Optional.empty()
        : Optional.of(
            "Assigned versions cannot be loaded, "
                + route.active().map(active -> active + " goes on answering").orElse("none answers")
                + ": "
                + problems);
  }

  ServiceModels status() {
    return new ServiceModels(
        route.active().map(LoadedVersion::toString),
        route.canary().map(Route.Canary::toString),
        assigned,
        problems.isEmpty()
            ? Optional.empty()
            : Optional.of(
                problems.keySet().stream().sorted().collect(Collectors.joining(", "))
                    + " cannot be loaded here, the log says why"));
  }
}
