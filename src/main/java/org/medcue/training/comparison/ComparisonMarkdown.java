package org.medcue.training.comparison;

import java.util.Locale;
import org.medcue.training.comparison.ComparisonTable.Difference;
import org.medcue.training.comparison.ComparisonTable.Row;
import org.medcue.training.evaluation.PairedDifference;
import org.medcue.training.evaluation.RunComparison;
import org.medcue.training.evaluation.SeedSummary;

/** The tables of a comparison as Markdown. */
final class ComparisonMarkdown {

  private static final String HEAD =
      """
      # MR-KPA compared

      Test patients; mean ± standard deviation over seeds where there are several. Epoch, threshold,
      temperature and the baselines' settings were chosen on validation patients.

      | system | runs | Jaccard | F1 | PR-AUC | Jaccard per patient | PR-AUC per patient | Jaccard above copying | drugs a visit | calibration error before → after | minutes of the longest run | visits/s |
      |---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private static final String DIFFERENCES =
      """

      ## What the first adds above the second

      Paired differences, each visit's scores averaged over the seeds that both have. The 95 % bootstrap
      intervals are over patients, so they say nothing about the noise of training; * leaves zero out, where
      there are several seeds.

      | first | second | seeds | Jaccard, over visits | over patients | PR-AUC, over visits | over patients |
      |---|---|---|---|---|---|---|
      """;

  private ComparisonMarkdown() {}

  /**
   * @param picture a paragraph with the plot, or why there is none; empty where nothing is said
   */
  static String of(ComparisonTable table, String picture) {
    StringBuilder text = new StringBuilder(HEAD);
    table.rows().forEach(row -> text.append(line(row)));
    if (table.differences().isEmpty()) {
      text.append(
          "\nMR-KPA itself is not finished, so nothing is compared with it and drawn yet.\n");
    } else {
      text.append(DIFFERENCES);
    }
    table.differences().forEach(difference -> text.append(line(difference)));
    if (!picture.isEmpty()) {
      text.append('\n').append(picture).append('\n');
    }
    text.append(
        "\n## Chosen on validation patients\n\n| system | PR-AUC there | chosen |\n|---|---|---|\n");
    table.rows().stream()
        .filter(row -> !row.chosen().get(0).isEmpty())
        .forEach(
            row ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "| %s | %.4f | %s |%n",
                        row.title(),
                        row.validationPrAuc(),
                        String.join("; ", row.chosen()))));
    table
        .failures()
        .forEach((name, why) -> text.append("\nFailed: ").append(name).append(": ").append(why));
    if (!table.missing().isEmpty()) {
      text.append(
          String.format(
              "%nNot finished yet: %d runs, the next %s; --list names them all.%n",
              table.missing().size(), table.missing().get(0)));
    }
    return text.toString();
  }

  private static String line(Row row) {
    SeedSummary scores = row.scores();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | %s | %s | %.2f | %s | %.1f | %s |%n",
        row.title(),
        scores.seeds(),
        spread(scores.jaccard(), scores),
        spread(scores.f1(), scores),
        spread(scores.prAuc(), scores),
        spread(scores.patientJaccard(), scores),
        spread(scores.patientPrAuc(), scores),
        row.aboveCopying() == null ? "–" : row.aboveCopying().brief(4),
        row.meanPredicted(),
        calibrationError(row),
        row.minutes(),
        row.unitsPerSecond() == 0 ? "–" : String.format(Locale.ROOT, "%.0f", row.unitsPerSecond()));
  }

  /** Of probabilities only: what copies has none. */
  private static String calibrationError(Row row) {
    return Double.isNaN(row.scores().prAuc().mean())
        ? "–"
        : String.format(Locale.ROOT, "%.4f → %.4f", row.eceBefore(), row.eceAfter());
  }

  private static String spread(SeedSummary.Spread spread, SeedSummary scores) {
    if (Double.isNaN(spread.mean())) {
      return "–";
    }
    return scores.seeds() == 1
        ? String.format(Locale.ROOT, "%.4f", spread.mean())
        : String.format(Locale.ROOT, "%.4f ± %.4f", spread.mean(), spread.deviation());
  }

  private static String line(Difference difference) {
    RunComparison gain = difference.gain();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %s | %s | %s | %s |%n",
        difference.system(),
        difference.above(),
        difference.seeds(),
        interval(gain.jaccard().overVisits(), difference),
        interval(gain.jaccard().overPatients(), difference),
        interval(gain.prAuc().overVisits(), difference),
        interval(gain.prAuc().overPatients(), difference));
  }

  private static String interval(PairedDifference difference, Difference of) {
    return Double.isNaN(difference.mean())
        ? "–"
        : difference.brief(4) + (difference.excludesZero() && of.seeds() > 1 ? " *" : "");
  }
}
