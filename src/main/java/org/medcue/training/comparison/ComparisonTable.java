package org.medcue.training.comparison;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.medcue.training.CohortSource;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.PairedDifference;
import org.medcue.training.evaluation.PlotFile;
import org.medcue.training.evaluation.RunComparison;
import org.medcue.training.evaluation.RunScores;
import org.medcue.training.evaluation.SeedSummary;

/**
 * What the finished runs of a comparison say.
 *
 * @param data fingerprint of cohort, split and knowledge
 * @param rows a system each, those with at least one finished run
 * @param differences of the whole model above each other system, in pairs; and the same within each
 *     share of patients
 * @param missing names of runs not finished yet
 * @param failures why runs failed, by name
 */
public record ComparisonTable(
    String data,
    List<Row> rows,
    List<Difference> differences,
    List<String> missing,
    Map<String, String> failures) {

  /** The tables for people. */
  public static final String MARKDOWN = "comparison.md";

  /** The same for programs. */
  public static final String JSON_FILE = "comparison.json";

  /** The differences drawn. */
  public static final String PLOT = "comparison.png";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * A system.
   *
   * @param title for people
   * @param scores on test patients, mean and deviation over seeds
   * @param aboveCopying Jaccard over visits above copying the last visit; null of copying itself
   *     and before its run is finished
   * @param validationPrAuc mean over seeds
   * @param meanPredicted drugs a test visit, mean over seeds
   * @param eceBefore expected calibration error, mean over seeds
   * @param eceAfter the same calibrated
   * @param minutes of the longest run
   * @param unitsPerSecond visits trained on a second, mean over seeds; 0 where there were no steps
   * @param chosen on validation patients, one entry a seed
   */
  public record Row(
      String title,
      SeedSummary scores,
      @Nullable PairedDifference aboveCopying,
      double validationPrAuc,
      double meanPredicted,
      double eceBefore,
      double eceAfter,
      double minutes,
      double unitsPerSecond,
      List<String> chosen) {}

  /**
   * How far one system is above another.
   *
   * @param system the one
   * @param above the other
   * @param seeds over which each visit was averaged
   * @param gain of the one, in pairs
   */
  public record Difference(String system, String above, int seeds, RunComparison gain) {}

  static ComparisonTable of(
      String data,
      List<ComparedSystem> systems,
      Map<String, ComparisonRun> finished,
      Map<String, String> failures) {
    List<Row> rows = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    String copying = ComparedBaselines.COPYING + "-" + Comparison.FIRST_SEED;
    for (ComparedSystem system : systems) {
      Comparison.seeds(system)
          .mapToObj(system::run)
          .filter(name -> !finished.containsKey(name))
          .forEach(missing::add);
      List<ComparisonRun> runs = runs(system, finished);
      if (!runs.isEmpty()) {
        rows.add(row(system, runs, finished.get(copying)));
        whole(systems, system)
            .flatMap(whole -> difference(whole, system, finished))
            .ifPresent(differences::add);
      }
    }
    return new ComparisonTable(data, rows, differences, missing, failures);
  }

  /** The whole model on the same share of patients. */
  private static Optional<ComparedSystem> whole(
      List<ComparedSystem> systems, ComparedSystem other) {
    String key = ComparedSystems.key(Set.of(), other.share());
    return systems.stream()
        .filter(system -> system.key().equals(key) && !key.equals(other.key()))
        .findFirst();
  }

  /** Over the seeds that both have finished; where chance has no part in one, over all. */
  private static Optional<Difference> difference(
      ComparedSystem whole, ComparedSystem other, Map<String, ComparisonRun> finished) {
    int[] common =
        Comparison.seeds(whole)
            .filter(seed -> finished.containsKey(whole.run(seed)))
            .filter(seed -> !other.hasChance() || finished.containsKey(other.run(seed)))
            .toArray();
    if (common.length == 0) {
      return Optional.empty();
    }
    List<RunScores> ours = tests(whole, common, finished);
    List<RunScores> theirs =
        other.hasChance()
            ? tests(other, common, finished)
            : runs(other, finished).stream().map(ComparisonRun::test).toList();
    return Optional.of(
        new Difference(
            whole.title(), other.title(), common.length, RunComparison.between(ours, theirs)));
  }

  private static List<RunScores> tests(
      ComparedSystem system, int[] seeds, Map<String, ComparisonRun> finished) {
    return Arrays.stream(seeds)
        .mapToObj(seed -> finished.get(system.run(seed)))
        .filter(Objects::nonNull)
        .map(ComparisonRun::test)
        .toList();
  }

  private static List<ComparisonRun> runs(
      ComparedSystem system, Map<String, ComparisonRun> finished) {
    return Comparison.seeds(system)
        .mapToObj(seed -> finished.get(system.run(seed)))
        .filter(Objects::nonNull)
        .toList();
  }

  private static Row row(
      ComparedSystem system, List<ComparisonRun> runs, @Nullable ComparisonRun copying) {
    List<RunScores> tests = runs.stream().map(ComparisonRun::test).toList();
    return new Row(
        system.title(),
        SeedSummary.of(tests),
        copying == null || runs.contains(copying)
            ? null
            : RunComparison.between(tests, List.of(copying.test())).jaccard().overVisits(),
        mean(runs, ComparisonRun::validationPrAuc),
        mean(runs, ComparisonRun::meanPredicted),
        mean(runs, ComparisonRun::eceBefore),
        mean(runs, ComparisonRun::eceAfter),
        runs.stream().mapToDouble(ComparisonRun::minutes).max().orElse(0),
        mean(runs, ComparisonRun::unitsPerSecond),
        runs.stream().map(ComparisonRun::chosen).toList());
  }

  private static double mean(List<ComparisonRun> runs, ToDoubleFunction<ComparisonRun> value) {
    return runs.stream().mapToDouble(value).average().orElse(0);
  }

  /** The tables as Markdown. */
  public String text() {
    return ComparisonMarkdown.of(this, "");
  }

  /**
   * Reads the systems' scores of a comparison, for a model card.
   *
   * @param source the cohort that the card's version is trained on
   * @throws TrainingException if the folder holds none, or one of another cohort
   */
  public static List<SeedSummary> scores(Path folder, CohortSource source) {
    Path file = folder.resolve(JSON_FILE);
    try {
      ComparisonTable table = JSON.readValue(file.toFile(), ComparisonTable.class);
      if (table == null || table.data() == null) {
        throw new IOException("no comparison");
      }
      if (!table.data().startsWith(source.fingerprint())) {
        throw new TrainingException(file + " compares systems on another cohort");
      }
      return table.rows().stream().map(row -> row.scores().named(row.title())).toList();
    } catch (IOException e) {
      throw new TrainingException(
          "cannot read " + file + ": give the folder that medcue compare wrote", e);
    }
  }

  /**
   * Writes the table as Markdown and JSON, and its differences, where there are any, as a plot.
   *
   * @throws TrainingException if the folder cannot be written to
   */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Path partial = Files.createTempDirectory(folder, ".table");
      Files.writeString(
          partial.resolve(MARKDOWN), ComparisonMarkdown.of(this, picture(partial.resolve(PLOT))));
      JSON.writeValue(partial.resolve(JSON_FILE).toFile(), this);
      for (String file : List.of(PLOT, MARKDOWN, JSON_FILE)) {
        if (Files.exists(partial.resolve(file))) {
          Files.move(
              partial.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.delete(partial);
    } catch (IOException e) {
      throw new TrainingException("cannot write the comparison to " + folder, e);
    }
  }

  /** Draws the plot and gives what Markdown says of it. */
  private String picture(Path file) throws IOException {
    if (differences.isEmpty()) {
      return "";
    }
    Optional<String> failure =
        PlotFile.ifPossible(() -> PlotFile.write(ComparisonPlot.of(differences), file));
    if (failure.isPresent()) {
      Files.deleteIfExists(file);
    }
    return failure.map(why -> why + ".").orElse("![" + ComparisonPlot.TITLE + "](" + PLOT + ")");
  }
}
