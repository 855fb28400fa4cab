package org.medcue.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.harness.TestVersions;

/** A registry with a second version of some pieces. */
class KnowledgeLibraryTest {

  private static final KnowledgeVersion NEW_DRUGS = new KnowledgeVersion("drugs", "1.0.1");
  private static final KnowledgeVersion NEW_LEXICON =
      new KnowledgeVersion("dialogue-drugs", "1.0.1");

  @TempDir Path registry = Path.of("");

  private final Map<KnowledgeVersion, String> registered = new HashMap<>();
  private KnowledgeLibrary library = KnowledgeLibrary.unregistered(registry);

  @BeforeEach
  void register() throws IOException {
    for (KnowledgeVersion bundled : KnowledgeLibrary.bundled()) {
      add(bundled.name(), bundled.version());
    }
    add("drugs", "1.0.1");
    library =
        new KnowledgeLibrary(
            registry,
            version ->
                Stream.ofNullable(registered.get(version))
                    .findFirst()
                    .orElseThrow(() -> new KnowledgeException("no such version")));
  }

  private Path add(String name, String version) throws IOException {
    Path folder =
        TestVersions.knowledge(registry.resolve("knowledge"), name, version, TestVersions::asItIs);
    KnowledgeVersion added = new KnowledgeVersion(name, version);
    registered.put(added, KnowledgeFolder.open(registry, added).digest());
    return folder;
  }

  private static List<KnowledgeVersion> visits(KnowledgeVersion drugs) {
    return Stream.concat(
            KnowledgeBase.bundled().stream().filter(one -> !one.name().equals(drugs.name())),
            Stream.of(drugs))
        .toList();
  }

  private void refused(Runnable work, String why) {
    assertThatExceptionOfType(KnowledgeException.class)
        .isThrownBy(work::run)
        .withMessageContaining(why);
  }

  @Test
  void whoCitesTheSameSharesIt() {
    KnowledgeBase one = library.visits(KnowledgeBase.bundled());
    KnowledgeBase other = library.visits(visits(NEW_DRUGS));

    assertThat(other.drugs()).isNotSameAs(one.drugs());
    assertThat(other.icd()).isSameAs(one.icd());
    assertThat(library.terminology(List.of(NEW_DRUGS)).drugs()).isSameAs(other.drugs());
  }

  @Test
  void requestsAreReadByTheFirstThatIsCitedOrTheBundled() {
    assertThat(library.terminology(List.of()).versions())
        .extracting(KnowledgeVersion::toString)
        .containsExactly("icd-10-cm/1.0.0", "drugs/1.0.0", "dialogue-drugs/1.0.0");
    assertThat(
            library
                .terminology(List.of(NEW_DRUGS, new KnowledgeVersion("drugs", "1.0.0")))
                .versions())
        .contains(NEW_DRUGS);
  }

  @Test
  void whatWasNotRegisteredIsRefused() throws IOException {
    TestVersions.knowledge(
        registry.resolve("knowledge"), "dialogue-drugs", "1.0.1", TestVersions::asItIs);

    refused(() -> library.terminology(List.of(NEW_LEXICON)), "no such version");
  }

  @Test
  void folderThatWasRewrittenWithItsSumsIsRefused() throws IOException {
    Path folder = add("dialogue-drugs", "1.0.1");
    TestVersions.lines("names.tsv", line -> line.replace("# ", "#  ")).of(folder);
    TestVersions.sum(folder);

    refused(() -> library.terminology(List.of(NEW_LEXICON)), "another digest");
  }

  @Test
  void newVersionIsReadAsWhatItsNameSays() throws IOException {
    List<KnowledgeVersion> others = List.copyOf(registered.keySet());
    for (KnowledgeVersion bundled : KnowledgeLibrary.bundled()) {
      library.requireReadable(KnowledgeFolder.open(registry, bundled), others);
    }
    Path folder = registry.resolve("knowledge/drugs/1.0.0");

    refused(() -> readable(folder, "maps"), "no knowledge of the name maps");
    refused(() -> readable(folder, "symptoms"), "symptoms.tsv is not listed");
  }

  @ParameterizedTest
  @CsvSource({
    "symptoms,      symptoms.tsv,     nonsense", // no code
    "icd-10-cm,     blocks.tsv,       A00-B9", // no range
    "disease-graph, triples.tsv,      nobody", // no entity
    "interactions,  interactions.tsv, 1234567" // no ingredient
  })
  void rowThatMeansNothingIsRefused(String name, String file, String wrong) throws IOException {
    Path folder =
        TestVersions.knowledge(
            registry.resolve("new"),
            name,
            "1.0.1",
            TestVersions.lines(file, line -> line.replaceFirst("^[^#\t]+", wrong)));

    refused(() -> readable(folder, name), name);
  }

  private void readable(Path folder, String name) {
    library.requireReadable(
        KnowledgeFolder.read(folder, new KnowledgeVersion(name, "1.0.1")),
        List.copyOf(registered.keySet()));
  }
}
