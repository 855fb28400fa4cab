package org.medcue.harness;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** A copy of the model registry that tests may add versions to. */
public final class RegistryResource implements QuarkusTestResourceLifecycleManager {

  private static final String PATH = "medcue.registry.path";
  private static final Path BUNDLED = Path.of("model-registry");

  @Override
  public Map<String, String> start() {
    try {
      Path root = Files.createTempDirectory("medcue-registry");
      try (Stream<Path> files = Files.walk(BUNDLED)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = root.resolve(BUNDLED.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
      // Uploads in tests stay small, and so does what is refused for its length
      return Map.of(PATH, root.toString(), "medcue.registry.max-upload", "40M");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the service keeps its versions. */
  public static Path root() {
    return Path.of(ConfigProvider.getConfig().getValue(PATH, String.class));
  }

  @Override
  public void stop() {
    // the folder is of the system's temporary files
  }
}
