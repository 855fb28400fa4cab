package org.medcue.training.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.training.CohortSource;
import org.medcue.training.CohortSplit;
import org.medcue.training.NdjsonCohort;
import org.medcue.training.Progress;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.SeedSummary;

class ComparisonTest {

  private static final KnowledgeBase KNOWLEDGE =
      KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled());
  private static final Progress SILENT = (what, done, total) -> {};

  @TempDir private static Path cohort = Path.of("set by JUnit");

  @TempDir private Path folder = Path.of("set by JUnit");

  @BeforeAll
  static void writeCohort() throws IOException {
    NdjsonCohort.write(cohort, 40, 1);
  }

  @Test
  void finishedRunsAreKeptAndNotRepeated() throws IOException {
    compare("copy-last-visit.*", SILENT);
    byte[] before = Files.readAllBytes(run("copy-last-visit-20221219"));

    AtomicInteger steps = new AtomicInteger();
    ComparisonTable table =
        compare("copy-last-visit.*", (what, done, total) -> steps.incrementAndGet());

    assertThat(steps).hasValue(0);
    assertThat(run("copy-last-visit-20221219")).hasBinaryContent(before);
    assertThat(table.rows())
        .extracting(ComparisonTable.Row::title)
        .containsExactly("copy last visit");
    assertThat(table.missing())
        .contains("mrkpa-20221219")
        .doesNotContain("copy-last-visit-20221219");
  }

  @Test
  void wholeModelIsComparedInPairsOverSharedSeeds() {
    ComparisonTable table =
        compare("(mrkpa-2022122.|mrkpa-without-ontology-20221220|copy.*)", SILENT);

    assertThat(table.failures()).isEmpty();
    assertThat(table.rows())
        .extracting(ComparisonTable.Row::title, row -> row.scores().seeds())
        .containsExactlyInAnyOrder(
            tuple("MR-KPA", 2), tuple("MR-KPA without ontology", 1), tuple("copy last visit", 1));
    assertThat(table.differences())
        .extracting(ComparisonTable.Difference::above, ComparisonTable.Difference::seeds)
        .containsExactlyInAnyOrder(
            tuple("MR-KPA without ontology", 1), tuple("copy last visit", 2));
  }

  @Test
  void differencesAreDrawnBesideTheTables() throws IOException {
    compare("copy.*", SILENT);
    assertThat(folder.resolve("comparison.png")).doesNotExist();
    assertThat(folder.resolve("comparison.md")).content().doesNotContain("comparison.png");

    compare("mrkpa-20221219", SILENT);

    assertThat(ImageIO.read(folder.resolve("comparison.png").toFile())).isNotNull();
    assertThat(folder.resolve("comparison.md")).content().contains("](comparison.png)");
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())))
          .containsExactlyInAnyOrder("comparison.json", "comparison.md", "comparison.png", "runs");
    }
  }

  @Test
  void copyingDoesNotRank() {
    ComparisonTable table = compare("copy.*", SILENT);

    assertThat(table.rows().get(0).scores().prAuc().mean()).isNaN();
    assertThat(table.text()).contains("| copy last visit | 1 |").contains("| – |");
  }

  @Test
  void othersAreTabledWithWhatTheyAreAboveCopying() {
    ComparisonTable table = compare("copy.*|frequent.*", SILENT);

    assertThat(table.rows())
        .extracting(ComparisonTable.Row::title, row -> row.aboveCopying() != null)
        .containsExactly(
            tuple("copy last visit", false), tuple("most frequent drugs per diagnosis", true));
  }

  @Test
  void listNamesRunsAndTellsWhichAreFinished() {
    compare("copy.*", SILENT);

    Comparison comparison =
        new Comparison(options(new CohortSplit(CohortSplit.STANDARD_SEED)), KNOWLEDGE, SILENT);
    assertThat(comparison.list())
        .contains("finished  copy-last-visit-20221219")
        .contains("          mrkpa-20221219");
  }

  @Test
  void runsOfAnotherSplitAreNotMixedIn() {
    compare("copy.*", SILENT);

    Comparison other = new Comparison(options(new CohortSplit(7)), KNOWLEDGE, SILENT);
    assertThatThrownBy(() -> other.run(name -> true))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("other data or settings");
  }

  @Test
  void nothingIsDoneInAFolderOfAnotherSplit() {
    compare("copy.*", SILENT);
    Comparison other = new Comparison(options(new CohortSplit(7)), KNOWLEDGE, SILENT);

    assertThatThrownBy(() -> other.run(name -> name.startsWith("frequent")))
        .isInstanceOf(TrainingException.class);

    assertThat(run("frequent-drugs-20221219")).doesNotExist();
    assertThat(compare("copy.*", SILENT).rows()).hasSize(1);
  }

  @Test
  void namesThatMatchNoRunAreRefused() {
    assertThatThrownBy(() -> compare("zzz", SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("copy-last-visit-20221219");
  }

  @Test
  void failingRunIsNamedAndTheOthersGoOn() throws IOException {
    // A checkpoint that cannot be read
    Files.createDirectories(folder.resolve("runs").resolve(".mrkpa-20221219").resolve("epoch-1"));

    ComparisonTable table = compare("copy.*|mrkpa-20221219", SILENT);

    assertThat(table.failures()).containsOnlyKeys("mrkpa-20221219");
    assertThat(table.rows()).extracting(ComparisonTable.Row::title).contains("copy last visit");
    table
        .failures()
        .forEach((run, why) -> assertThat(table.text()).contains("Failed: " + run + ": " + why));
  }

  @Test
  void interruptedRunGoesOnAndLeavesNoCheckpoints() throws IOException {
    Progress interrupted =
        (what, done, total) -> {
          if (what.contains("fine-tuning 1/1")) {
            throw new IllegalStateException("interrupted");
          }
        };
    assertThatThrownBy(() -> compare("mrkpa-20221219", interrupted)).hasMessage("interrupted");

    AtomicInteger preTraining = new AtomicInteger();
    compare(
        "mrkpa-20221219",
        (what, done, total) -> {
          if (what.contains("pre-training")) {
            preTraining.incrementAndGet();
          }
        });

    assertThat(preTraining).hasValue(0);
    try (var files = Files.list(folder.resolve("runs"))) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())))
          .containsExactly("mrkpa-20221219.json");
    }
  }

  @Test
  void scoresForACardAreThoseOfItsCohort(@TempDir Path elsewhere) throws IOException {
    compare("copy.*", SILENT);
    NdjsonCohort.write(elsewhere, 10, 2);

    assertThat(ComparisonTable.scores(folder, source(cohort)))
        .extracting(SeedSummary::system)
        .containsExactly("copy last visit");
    assertThatThrownBy(() -> ComparisonTable.scores(folder, source(elsewhere)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another cohort");
  }

  private ComparisonTable compare(String only, Progress progress) {
    return new Comparison(options(new CohortSplit(CohortSplit.STANDARD_SEED)), KNOWLEDGE, progress)
        .run(name -> name.matches(only));
  }

  private Comparison.Options options(CohortSplit split) {
    return new Comparison.Options(source(cohort), split, folder, 1, 1);
  }

  private static CohortSource source(Path cohort) {
    return new CohortSource(cohort, Optional.empty());
  }

  private Path run(String name) {
    return folder.resolve("runs").resolve(name + ".json");
  }
}
