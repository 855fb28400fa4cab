package org.medcue.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnowledgeBaseTest {

  private final Path registry;

  KnowledgeBaseTest(@TempDir Path registry) throws IOException {
    this.registry = registry;
    Path source = Path.of("model-registry");
    try (Stream<Path> files = Files.walk(source.resolve("knowledge"))) {
      for (Path file : files.toList()) {
        Files.copy(file, registry.resolve(source.relativize(file).toString()));
      }
    }
  }

  @Test
  void loadedVersionsAreTheOnesAskedFor() {
    assertThat(KnowledgeBase.load(registry, KnowledgeBase.bundled()).versions())
        .isEqualTo(KnowledgeBase.bundled())
        .extracting(KnowledgeVersion::toString)
        .containsExactly("icd-10-cm/1.0.0", "drugs/1.0.0", "symptoms/1.0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "icd-10-cm/1.0.0/blocks.tsv",
        "drugs/1.0.0/ndc.tsv",
        "symptoms/1.0.0/symptoms.tsv"
      })
  void fileChangedByOneByteIsRefused(String name) throws IOException {
    Path file = registry.resolve("knowledge").resolve(name);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);

    refused(KnowledgeBase.bundled(), file.toString(), "was changed", "new version");
  }

  @Test
  void fileWithoutADigestIsRefused() throws IOException {
    Path sums = registry.resolve("knowledge/symptoms/1.0.0/SHA256SUMS");
    Files.writeString(sums, "");

    refused(KnowledgeBase.bundled(), "symptoms.tsv", "not listed in SHA256SUMS");
  }

  @Test
  void garbledDigestsAreRefused() throws IOException {
    Path sums = registry.resolve("knowledge/symptoms/1.0.0/SHA256SUMS");
    Files.writeString(sums, "0".repeat(64) + "  ../symptoms.tsv\n");

    refused(KnowledgeBase.bundled(), sums.toString(), "no digest");
  }

  @Test
  void missingVersionIsNamedWithItsPath() {
    List<KnowledgeVersion> versions =
        List.of(
            new KnowledgeVersion("icd-10-cm", "9.9.9"),
            new KnowledgeVersion("drugs", "1.0.0"),
            new KnowledgeVersion("symptoms", "1.0.0"));

    refused(versions, registry.resolve("knowledge/icd-10-cm/9.9.9").toString());
  }

  @Test
  void missingFileIsNamed() throws IOException {
    Path file = registry.resolve("knowledge/drugs/1.0.0/atc.tsv");
    Files.delete(file);

    refused(KnowledgeBase.bundled(), file.toString(), "restore the file");
  }

  @Test
  void versionThatLeavesTheRegistryIsRefused() {
    assertThatExceptionOfType(KnowledgeException.class)
        .isThrownBy(() -> new KnowledgeVersion("drugs", "../drugs/1.0.0"))
        .withMessageContaining("Not a version");
  }

  @Test
  void pieceThatIsNotCitedIsNamed() {
    KnowledgeVersion drugs = new KnowledgeVersion("drugs", "1.0.0");

    refused(List.of(drugs), "Cite one version each");
    refused(List.of(drugs, drugs, drugs), "Cite one version each");
  }

  private void refused(List<KnowledgeVersion> versions, String... messageParts) {
    assertThatExceptionOfType(KnowledgeException.class)
        .isThrownBy(() -> KnowledgeBase.load(registry, versions))
        .satisfies(e -> assertThat(e.getMessage()).contains(messageParts));
  }
}
