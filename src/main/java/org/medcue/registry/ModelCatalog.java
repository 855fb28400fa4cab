package org.medcue.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.medcue.audit.AuditRecord;
import org.medcue.audit.AuditTrail;
import org.medcue.model.ModelException;
import org.medcue.platform.Database;

/** What the registry holds, for people who look at it. */
@ApplicationScoped
public class ModelCatalog {

  private static final int LONGEST_HISTORY = 1_000;
  private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

  private final ModelRepository repository;
  private final Assignments assignments;
  private final RegistryConfig config;
  private final ModelRegistry folders;
  private final AuditTrail trail;
  private final ObjectMapper json;

  ModelCatalog(
      ModelRepository repository,
      Assignments assignments,
      RegistryConfig config,
      ModelRegistry folders,
      AuditTrail trail,
      ObjectMapper json) {
    this.repository = repository;
    this.assignments = assignments;
    this.config = config;
    this.folders = folders;
    this.trail = trail;
    this.json = json;
  }

  /**
   * One page.
   *
   * @param total of all pages
   */
  public record Page<T>(List<T> items, int page, int size, long total) {}

  /** Models by name. */
  public Page<ModelSummary> models(int page, int size) {
    return inTransaction(
        () ->
            new Page<>(
                repository.page(page, size).stream().map(this::summary).toList(),
                page,
                size,
                repository.count()));
  }

  /** One model. */
  public Optional<ModelSummary> model(String name) {
    return inTransaction(() -> repository.findByIdOptional(name).map(this::summary));
  }

  /** Versions of a model, the one registered last first. */
  public Page<VersionSummary> versions(String model, int page, int size) {
    return inTransaction(
        () ->
            new Page<>(
                repository.versions(model, page, size).stream().map(VersionSummary::of).toList(),
                page,
                size,
                repository.countVersions(model)));
  }

  /** One version. Its folder is read after the transaction: all its files are digested for that. */
  public Optional<VersionDetail> version(VersionRef ref) {
    return inTransaction(() -> repository.version(ref).map(this::recorded)).map(this::withFiles);
  }

  private ModelSummary summary(ModelEntity row) {
    Optional<Assignment> assignment = Optional.ofNullable(assignments.all().get(row.name));
    Optional<Assignment.Canary> canary = assignment.flatMap(Assignment::canary);
    return new ModelSummary(
        row.name,
        row.revision,
        services(row.name),
        assignment.flatMap(Assignment::active).map(active -> active.ref().version()),
        canary.map(trial -> trial.version().ref().version()),
        canary.map(Assignment.Canary::share),
        assignment.map(Assignment::shadows).orElse(List.of()).stream()
            .map(shadow -> shadow.ref().version())
            .toList());
  }

  private List<String> services(String model) {
    return config.initial().entrySet().stream()
        .filter(service -> service.getValue().startsWith(model + "/"))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** What the database has of a version; its files are still to be read. */
  private VersionDetail recorded(VersionEntity row) {
    return new VersionDetail(
        VersionSummary.of(row),
        repository.findByIdOptional(row.model).orElseThrow().revision,
        Optional.ofNullable(config.figure().get(row.model)),
        Optional.empty(),
        Optional.empty(),
        repository.requests(row.ref()).stream().map(RequestEntity::view).toList(),
        trail.about(ModelChanges.entity(row.ref()), LONGEST_HISTORY).stream()
            .map(this::change)
            .toList());
  }

  private VersionDetail withFiles(VersionDetail recorded) {
    try {
      return recorded.with(VersionDetail.Files.of(folders.open(recorded.summary().assigned())));
    } catch (ModelException e) {
      return recorded.with(e);
    }
  }

  private VersionDetail.Change change(AuditRecord row) {
    try {
      return new VersionDetail.Change(
          row.seq(), row.recordedAt(), row.actor(), json.readValue(row.details(), DETAILS));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("details of the trail are texts by name", e);
    }
  }

  private static <T> T inTransaction(Supplier<T> work) {
    return Database.inTransaction("the model registry", work);
  }
}
