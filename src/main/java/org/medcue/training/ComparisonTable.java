package org.medcue.training;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the finished runs of a comparison say.
 *
 * @param rows a system each, those with at least one finished run
 * @param differences of the whole model above each other system, in pairs; and the same within each
 *     share of patients
 * @param missing names of runs not finished yet
 */
public record ComparisonTable(List<Row> rows, List<Difference> differences, List<String> missing) {

  /** The tables for people. */
  public static final String MARKDOWN = "comparison.md";

  /** The same for programs. */
  public static final String JSON_FILE = "comparison.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * A system.
   *
   * @param title for people
   * @param scores on test patients, mean and deviation over seeds
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
   * @param gain of the one, in pairs
   */
  public record Difference(String system, String above, RunComparison gain) {}

  static ComparisonTable of(
      List<ComparedSystem> systems, Map<String, ComparisonRun> finished, List<String> names) {
    List<Row> rows = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (ComparedSystem system : systems) {
      List<ComparisonRun> runs = runs(system, finished);
      if (runs.isEmpty()) {
        continue;
      }
      rows.add(row(system, runs));
      String reference = ComparedSystems.key(Set.of(), system.share());
      if (!system.key().equals(reference)) {
        whole(systems, reference, finished)
            .ifPresent(
                whole ->
                    differences.add(
                        new Difference(
                            whole.title(),
                            system.title(),
                            RunComparison.between(tests(runs(whole, finished)), tests(runs)))));
      }
    }
    List<String> missing = names.stream().filter(name -> !finished.containsKey(name)).toList();
    return new ComparisonTable(rows, differences, missing);
  }

  private static Optional<ComparedSystem> whole(
      List<ComparedSystem> systems, String key, Map<String, ComparisonRun> finished) {
    return systems.stream()
        .filter(system -> system.key().equals(key) && !runs(system, finished).isEmpty())
        .findFirst();
  }

  private static List<ComparisonRun> runs(
      ComparedSystem system, Map<String, ComparisonRun> finished) {
    return Comparison.seeds(system)
        .mapToObj(seed -> finished.get(system.run(seed)))
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<RunScores> tests(List<ComparisonRun> runs) {
    return runs.stream().map(ComparisonRun::test).toList();
  }

  private static Row row(ComparedSystem system, List<ComparisonRun> runs) {
    return new Row(
        system.title(),
        SeedSummary.of(tests(runs)),
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
    return ComparisonMarkdown.of(this);
  }

  /**
   * Reads the systems' scores of a comparison, for a model card.
   *
   * @throws TrainingException if the folder holds none
   */
  public static List<SeedSummary> scores(Path folder) {
    Path file = folder.resolve(JSON_FILE);
    try {
      return JSON.readValue(file.toFile(), ComparisonTable.class).rows().stream()
          .map(row -> row.scores().named(row.title()))
          .toList();
    } catch (IOException e) {
      throw new TrainingException(
          "cannot read " + file + ": give the folder that medcue compare wrote", e);
    }
  }

  /**
   * Writes the table as Markdown and JSON.
   *
   * @throws TrainingException if the folder cannot be written to
   */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(MARKDOWN), text());
      JSON.writeValue(folder.resolve(JSON_FILE).toFile(), this);
    } catch (IOException e) {
      throw new TrainingException("cannot write the comparison to " + folder, e);
    }
  }
}
