package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;

/** The folder of model versions, each verified before anyone uses it. */
@ApplicationScoped
public class ModelRegistry {

  private final Path root;

  @Inject
  ModelRegistry(RegistryConfig config) {
    this(config.path());
  }

  ModelRegistry(Path root) {
    this.root = root;
  }

  /**
   * Opens and verifies a version.
   *
   * @throws ModelException if there is no such version, or a file of it was changed
   */
  public ModelFolder open(VersionRef ref) {
    return VersionFaults.inWords(root, () -> opened(ref));
  }

  private ModelFolder opened(VersionRef ref) {
    ModelFolder folder = ModelFolder.open(folderOf(ref));
    ModelManifest manifest = folder.manifest();
    if (!ref.toString().equals(manifest.model() + "/" + manifest.version())) {
      throw new ModelException(
          folderOf(ref)
              + " holds "
              + manifest.model()
              + "/"
              + manifest.version()
              + ": a version's folder is named after it");
    }
    return folder;
  }

  /**
   * What the manifest of a registered version says, without a look at its other files.
   *
   * @throws ModelException if it is not here, or not the one that was registered
   */
  public ModelManifest manifest(Assignment.Assigned assigned) {
    return VersionFaults.inWords(
        root, () -> ModelFolder.manifest(folderOf(assigned.ref()), assigned.digest()));
  }

  /** Where a version lies, or will lie. */
  Path folderOf(VersionRef ref) {
    return root.resolve(ref.model()).resolve(ref.version());
  }

  /** The folder of all. */
  Path root() {
    return root;
  }

  /**
   * Opens and verifies a version that is to answer.
   *
   * @throws ModelException also if it is not what was registered, however whole it is
   */
  public ModelFolder open(Assignment.Assigned assigned) {
    ModelFolder folder = open(assigned.ref());
    if (!folder.digest().equals(assigned.digest())) {
      throw new ModelException(
          assigned.ref()
              + " is not the version that was registered under this name: its manifest has another"
              + " digest; restore the folder from its source");
    }
    return folder;
  }
}
