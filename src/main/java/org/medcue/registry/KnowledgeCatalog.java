package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.medcue.knowledge.KnowledgeException;
import org.medcue.knowledge.KnowledgeFolder;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelException;
import org.medcue.platform.Database;
import org.medcue.registry.KnowledgeDetail.CitedBy;

/** What the registry holds of knowledge, for people who look at it. */
@ApplicationScoped
class KnowledgeCatalog {

  private final KnowledgeRepository repository;
  private final ModelRepository models;
  private final ModelRegistry folders;
  private final Path root;

  KnowledgeCatalog(
      KnowledgeRepository repository,
      ModelRepository models,
      ModelRegistry folders,
      RegistryConfig config) {
    this.repository = repository;
    this.models = models;
    this.folders = folders;
    this.root = config.path();
  }

  /** Versions, the one registered last first. */
  ModelCatalog.Page<KnowledgeSummary> page(int page, int size) {
    return Database.inTransaction(
        "the model registry",
        () ->
            new ModelCatalog.Page<>(
                repository.page(page, size).stream().map(KnowledgeSummary::of).toList(),
                page,
                size,
                repository.count()));
  }

  private record Rows(KnowledgeEntity knowledge, List<VersionEntity> models) {}

  /** One version; folders are read while no connection is held. */
  Optional<KnowledgeDetail> version(KnowledgeVersion version) {
    return Database.inTransaction(
            "the model registry",
            () -> repository.version(version).map(row -> new Rows(row, models.allVersions())))
        .map(this::detail);
  }

  private KnowledgeDetail detail(Rows rows) {
    KnowledgeEntity row = rows.knowledge;
    List<CitedBy> citedBy =
        rows.models.stream()
            .filter(model -> cites(model, row.ref()))
            .map(model -> new CitedBy(model.model, model.version, ModelChanges.code(model.state)))
            .toList();
    return new KnowledgeDetail(KnowledgeSummary.of(row), problem(row), citedBy);
  }

  private boolean cites(VersionEntity model, KnowledgeVersion version) {
    try {
      return folders.manifest(model.assigned()).knowledge().contains(version);
    } catch (ModelException e) {
      return false; // its own detail says that it is not here
    }
  }

  private Optional<String> problem(KnowledgeEntity row) {
    try {
      boolean same = KnowledgeFolder.open(root, row.ref()).digest().equals(row.digest);
      return same
          ? Optional.empty()
          : Optional.of("its folder has another digest: restore it from its source");
    } catch (KnowledgeException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }
}
