package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;

/** The folder of model versions, each verified before anyone uses it. */
@ApplicationScoped
public class ModelRegistry {

  private final Path root;

  ModelRegistry(@ConfigProperty(name = "medcue.registry.path") Path root) {
    this.root = root;
  }

  /**
   * Opens and verifies a version.
   *
   * @param reference model and version, such as {@code mrkpa/1.0.0}
   * @throws ModelException if there is no such version, or a file of it was changed
   */
  public ModelFolder open(String reference) {
    if (!reference.matches("[a-z0-9-]+/[0-9A-Za-z.+-]+") || reference.contains("..")) {
      throw new ModelException(
          "not a model version: " + reference + "; expected one such as mrkpa/1.0.0");
    }
    ModelFolder folder = ModelFolder.open(root.resolve(reference));
    ModelManifest manifest = folder.manifest();
    if (!reference.equals(manifest.model() + "/" + manifest.version())) {
      throw new ModelException(
          root.resolve(reference)
              + " holds "
              + manifest.model()
              + "/"
              + manifest.version()
              + ": a version's folder is named after it");
    }
    return folder;
  }
}
