package org.medcue.serving;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.KnowledgeException;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.knowledge.Terminology;
import org.medcue.model.ModelException;
import org.medcue.platform.UnavailableException;
import org.medcue.registry.Assignment;
import org.medcue.registry.Assignments;
import org.medcue.registry.RegistryConfig;
import org.medcue.registry.VersionRef;
import org.medcue.serving.ModelLease.Role;

/**
 * Has loaded what the database assigns, and sends each patient to a version. Where an assigned
 * version cannot be loaded, the one before stays in its place.
 */
@ApplicationScoped
public class ModelServer implements ActiveModels {

  private static final Logger LOG = Logger.getLogger(ModelServer.class);

  /** The model that answers for each service. */
  private final Map<String, String> models;

  private final Assignments assignments;
  private final RouteSwap.Loader loader;
  private final KnowledgeLibrary library;
  private final ServingMetrics metrics;
  private final AssignmentFollower follower;

  /** By model; replaced as a whole, and only by one thread at a time. */
  private volatile Map<String, ModelState> states = Map.of();

  private boolean registryRead = true;

  @Inject
  ModelServer(
      RegistryConfig registry,
      ServingConfig config,
      Assignments assignments,
      RouteSwap.Loader loader,
      KnowledgeLibrary library,
      ServingMetrics metrics,
      AgroalDataSource dataSource) {
    this(
        registry.initial(),
        assignments,
        loader,
        library,
        metrics,
        config.poll(),
        config.listen()
            ? Optional.of(new OwnConnection(dataSource, config.poll()))
            : Optional.empty());
  }

  /**
   * @param initial a version of the model of each service
   * @param listening opens the connection to listen on; empty for the poll alone
   */
  ModelServer(
      Map<String, String> initial,
      Assignments assignments,
      RouteSwap.Loader loader,
      KnowledgeLibrary library,
      ServingMetrics metrics,
      Duration poll,
      Optional<OwnConnection> listening) {
    this.models =
        initial.entrySet().stream()
            .filter(service -> !service.getValue().equals(RegistryConfig.NONE))
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, service -> VersionRef.parse(service.getValue()).model()));
    this.assignments = assignments;
    this.loader = loader;
    this.library = library;
    this.metrics = metrics;
    this.follower = new AssignmentFollower(this::look, poll, listening);
  }

  /**
   * After the first versions were made active. Where one cannot be loaded its service does not
   * answer and this replica is not ready, but the others and the API are there: to roll back.
   */
  void start(@Observes @Priority(2_000) StartupEvent start) {
    Map<String, Assignment> wanted = assignments.all();
    models.values().forEach(model -> follow(model, assignment(wanted, model)));
    metrics.computesOn(loader.device());
    follower.start();
  }

  private static Assignment assignment(Map<String, Assignment> all, String model) {
    Assignment found = all.get(model);
    return found == null
        ? new Assignment(model, Optional.empty(), Optional.empty(), List.of())
        : found;
  }

  /** Brings every model to what is assigned, as far as it can be loaded. */
  synchronized void look() {
    Map<String, Assignment> wanted;
    try {
      wanted = assignments.all();
      registryRead = true;
    } catch (RuntimeException e) {
      if (registryRead) {
        LOG.warn("The model registry cannot be read: what answers now goes on answering");
      }
      registryRead = false;
      return;
    }
    for (String model : models.values()) {
      try {
        follow(model, assignment(wanted, model));
      } catch (RuntimeException e) {
        LOG.errorf(e, "%s stays as it is", model); // and the other models are looked at
      }
    }
  }

  private synchronized void follow(String model, Assignment wanted) {
    ModelState before = state(model);
    try (RouteSwap swap = RouteSwap.start(before.route(), wanted, loader)) {
      ModelState after = before.with(wanted, swap.missing());
      if (swap.changes()) {
        swap.commit(route -> publishRoute(model, after.with(route)));
        metrics.swapped(model, true);
        LOG.infof("%s: %s", model, state(model).route());
      } else {
        publish(model, after);
      }
      state(model).newProblem(before).ifPresent(problem -> tell(model, problem, swap.missing()));
    }
  }

  private void tell(String model, String problem, Map<String, Throwable> missing) {
    metrics.swapped(model, false);
    LOG.error(problem);
    missing.forEach(
        (version, why) -> {
          if (!(why instanceof ModelException)) { // whose message says it all
            LOG.error(version, why);
          }
        });
  }

  private void publish(String model, ModelState state) {
    Map<String, ModelState> all = new TreeMap<>(states);
    all.put(model, state);
    states = Map.copyOf(all);
  }

  /** What a model's requests are read by may depend on which version of another answers. */
  private void publishRoute(String model, ModelState state) {
    Map<String, ModelState> all = new TreeMap<>(states);
    all.put(model, state);
    List<KnowledgeVersion> cited =
        all.values().stream().flatMap(one -> one.cited().stream()).toList();
    all.replaceAll((name, one) -> one.with(terminology(one.cited(), cited)));
    states = Map.copyOf(all);
  }

  /**
   * @param first what counts before the others
   */
  private Terminology terminology(List<KnowledgeVersion> first, List<KnowledgeVersion> others) {
    return library.terminology(Stream.concat(first.stream(), others.stream()).toList());
  }

  private ModelState state(@Nullable String model) {
    return model == null ? ModelState.NOTHING : states.getOrDefault(model, ModelState.NOTHING);
  }

  private Route route(String serviceId) {
    return state(models.get(serviceId)).route();
  }

  @Override
  public boolean has(String serviceId) {
    return route(serviceId).active().isPresent();
  }

  @Override
  public ModelLease lease(String serviceId, String tenant, String patientId) {
    while (true) {
      ModelState state = state(models.get(serviceId));
      LoadedVersion version =
          state
              .route()
              .of(tenant, patientId)
              .orElseThrow(
                  () ->
                      new UnavailableException(
                          "a model for " + serviceId,
                          new IllegalStateException("none is assigned and loaded")));
      if (version.take()) {
        return lease(version, state.route().isCanary(version) ? Role.CANARY : Role.ACTIVE, state);
      }
      // It was replaced and drained in between: the route of now has another one
    }
  }

  @Override
  public List<ModelLease> challengers(String serviceId, String answered) {
    List<ModelLease> leases = new ArrayList<>();
    ModelState state = state(models.get(serviceId));
    for (LoadedVersion version : state.route().challengers(answered)) {
      if (version.take()) {
        leases.add(lease(version, Role.SHADOW, state));
      }
    }
    return leases;
  }

  @Override
  public ModelLease leaseOf(String model, String version, List<KnowledgeVersion> knowledge) {
    LoadedVersion taken = take(new VersionRef(model, version));
    try {
      Terminology terminology = terminology(taken.model().knowledge(), knowledge);
      // Not counted: nobody waits for it
      return new ModelLease(taken.model(), Role.REPLAY, terminology, time -> {}, taken::giveBack);
    } catch (RuntimeException e) {
      taken.giveBack();
      throw e instanceof KnowledgeException ? new ModelException("knowledge is missing", e) : e;
    }
  }

  private LoadedVersion take(VersionRef ref) {
    for (LoadedVersion loaded : state(ref.model()).route().versions()) {
      if (loaded.assigned().ref().equals(ref) && loaded.take()) {
        return loaded;
      }
    }
    return loader.load(
        assignments
            .registered(ref)
            .orElseThrow(() -> new ModelException(ref + " was never registered here")));
  }

  private ModelLease lease(LoadedVersion version, Role role, ModelState state) {
    return new ModelLease(
        version.model(),
        role,
        state.terminology().orElseThrow(),
        time -> metrics.predicted(version.assigned().ref().toString(), role, time),
        version::giveBack);
  }

  @Override
  public ServiceModels status(String serviceId) {
    return state(models.get(serviceId)).status();
  }

  @Override
  public String device() {
    return loader.device();
  }

  @PreDestroy
  void close() {
    follower.close();
    giveBackAll();
  }

  private synchronized void giveBackAll() {
    Map<String, ModelState> last = states;
    states = Map.of();
    last.values().forEach(state -> state.route().versions().forEach(LoadedVersion::giveBack));
  }
}
