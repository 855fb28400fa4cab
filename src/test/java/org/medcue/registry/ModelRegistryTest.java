package org.medcue.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;

class ModelRegistryTest {

  private final Path root;
  private final ModelRegistry registry;

  ModelRegistryTest(@TempDir Path root) {
    this.root = root;
    this.registry = new ModelRegistry(root);
  }

  @Test
  void versionIsFoundByItsReference() throws IOException {
    seal("mrkpa/1.0.0", "mrkpa", "1.0.0");

    ModelFolder folder = registry.open(VersionRef.parse("mrkpa/1.0.0"));

    assertThat(folder.path()).isEqualTo(root.resolve("mrkpa/1.0.0"));
    assertThat(folder.manifest().threshold()).isEqualTo(0.3);
  }

  @Test
  void missingVersionIsNamed() {
    assertThatThrownBy(() -> registry.open(VersionRef.parse("mrkpa/9.9.9")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("mrkpa/9.9.9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mrkpa",
        "mrkpa/",
        "/1.0.0",
        "../mrkpa/1.0.0",
        "mrkpa/..",
        "mrkpa/1..0",
        "a/b/c",
        "mrkpa/1.0.0/",
        "/etc/passwd",
        "mrkpa/1.0.0\n"
      })
  void whatIsNoReferenceIsRefusedBeforeAnyFileIsRead(String reference) {
    assertThatThrownBy(() -> VersionRef.parse(reference))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one such as mrkpa/2.1.0");
  }

  @Test
  void renamedFolderIsRefused() throws IOException {
    seal("mrkpa/2.0.0", "mrkpa", "1.0.0");

    assertThatThrownBy(() -> registry.open(VersionRef.parse("mrkpa/2.0.0")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("mrkpa/1.0.0");
  }

  @Test
  void changedVersionIsRefused() throws IOException {
    seal("mrkpa/1.0.0", "mrkpa", "1.0.0");
    Files.writeString(root.resolve("mrkpa/1.0.0/weights"), "heavier");

    assertThatThrownBy(() -> registry.open(VersionRef.parse("mrkpa/1.0.0")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("weights was changed");
  }

  private void seal(String folder, String model, String version) throws IOException {
    Path path = Files.createDirectories(root.resolve(folder));
    Files.writeString(path.resolve("weights"), "heavy");
    ModelFolder.seal(
        path,
        new ModelManifest(
            model,
            version,
            JsonNodeFactory.instance.objectNode(),
            List.of(),
            0.3,
            Map.of(),
            Map.of(),
            Map.of()));
  }
}
