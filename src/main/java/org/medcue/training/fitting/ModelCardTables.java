package org.medcue.training.fitting;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medcue.training.evaluation.AsServed;
import org.medcue.training.evaluation.EvaluationReport;
import org.medcue.training.evaluation.EvaluationReport.Metrics;
import org.medcue.training.evaluation.Interactions;
import org.medcue.training.evaluation.ModelEvaluation;
import org.medcue.training.evaluation.PairedDifference;
import org.medcue.training.evaluation.SeedSummary;

/** The figures of a model card, mostly as Markdown tables. */
final class ModelCardTables {

  private static final String ONE_SEED =
      "One seed; other seeds and baselines that learn were not compared for this version.";

  private ModelCardTables() {}

  static void put(
      Map<String, String> values, ModelEvaluation evaluation, List<SeedSummary> compared) {
    EvaluationReport test = evaluation.test();
    values.put("temperature", number(test.calibration().temperature()));
    values.put("metrics", metrics(evaluation));
    values.put("verdict", verdict(test.aboveCopyLastVisit()));
    values.put("asServed", asServed(evaluation));
    values.put(
        "confidenceFloor", String.format(Locale.ROOT, "%.2f", test.asServed().confidenceFloor()));
    values.put("limit", String.valueOf(test.asServed().limit()));
    values.put("calibration", calibration(evaluation));
    values.put("interactions", interactions(test.interactions()));
    values.put("seeds", compared.isEmpty() ? ONE_SEED : seeds(compared));
    values.put("groups", ModelCardGroups.of(test));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String orDash(@Nullable Double value) {
    return value == null ? "–" : number(value);
  }

  /** Plain words: a card's reader need not know what an interval that holds zero means. */
  private static String verdict(PairedDifference aboveCopying) {
    String found =
        aboveCopying.low() > 0
            ? "this version is better than copying the last visit"
            : aboveCopying.high() < 0
                ? "**this version is worse than copying the last visit**"
                : "**this version is not shown to be better than copying the last visit**";
    return String.format(
        "On test patients %s: Jaccard above copying %s.", found, aboveCopying.describe(3));
  }

  private static String metrics(ModelEvaluation evaluation) {
    MarkdownTable table =
        new MarkdownTable(
            "scored visits",
            "system",
            "Jaccard",
            "F1",
            "PR-AUC",
            "micro Jaccard",
            "Jaccard per patient",
            "drugs predicted",
            "prescribed");
    for (EvaluationReport report : List.of(evaluation.validation(), evaluation.test())) {
      String part =
          String.format("%s, %d of %d patients", report.part(), report.visits(), report.patients());
      metrics(table, part, "this version", report.metrics());
      metrics(table, report.part(), "copy last visit", report.baselines().copyLastVisit());
    }
    return table.toString();
  }

  private static void metrics(MarkdownTable table, String part, String system, Metrics metrics) {
    table.row(
        part,
        system,
        number(metrics.sample().jaccard()),
        number(metrics.sample().f1()),
        orDash(metrics.sample().prAuc()),
        number(metrics.micro().jaccard()),
        number(metrics.perPatient().sample().jaccard()),
        number(metrics.meanPredicted()),
        number(metrics.meanPrescribed()));
  }

  private static String asServed(ModelEvaluation evaluation) {
    MarkdownTable table =
        new MarkdownTable(
            "patients",
            "Jaccard",
            "precision",
            "recall",
            "drugs shown",
            "visits with a prescribed drug shown",
            "prescribed drugs in the label space");
    for (EvaluationReport report : List.of(evaluation.validation(), evaluation.test())) {
      AsServed served = report.asServed();
      table.row(
          report.part(),
          number(served.jaccard()),
          orDash(served.precision()),
          number(served.recall()),
          number(served.meanShown()),
          percent(served.visitsWithHit()),
          percent(report.labelCoverage()));
    }
    return table.toString();
  }

  private static String calibration(ModelEvaluation evaluation) {
    MarkdownTable table =
        new MarkdownTable(
            "patients",
            "ECE before",
            "ECE after",
            "ECE of an isotonic fit",
            "Brier before",
            "Brier after");
    for (EvaluationReport report : List.of(evaluation.validation(), evaluation.test())) {
      EvaluationReport.CalibrationReport calibration = report.calibration();
      table.row(
          report.part().equals("validation") ? "validation, fitted on these" : report.part(),
          fine(calibration.eceBefore()),
          fine(calibration.eceAfter()),
          calibration.eceIsotonic() == null ? "–" : fine(calibration.eceIsotonic()),
          fine(calibration.brierBefore()),
          fine(calibration.brierAfter()));
    }
    return table.toString();
  }

  private static String fine(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String interactions(@Nullable Interactions interactions) {
    if (interactions == null) {
      return "The share of interacting pairs among the predicted drugs was not measured.";
    }
    return String.format(
        Locale.ROOT,
        "Of the pairs of drugs predicted for one test visit %.2f %% interact (%d pairs), of those"
            + " prescribed %.2f %% (%d pairs), by %s.",
        100 * interactions.predicted().share(),
        interactions.predicted().pairs(),
        100 * interactions.prescribed().share(),
        interactions.prescribed().pairs(),
        interactions.table());
  }

  private static String seeds(List<SeedSummary> compared) {
    MarkdownTable table =
        new MarkdownTable("system", "seeds", "Jaccard", "F1", "PR-AUC", "Jaccard per patient");
    for (SeedSummary system : compared) {
      table.row(
          system.system(),
          system.seeds(),
          spread(system.jaccard(), system.seeds()),
          spread(system.f1(), system.seeds()),
          spread(system.prAuc(), system.seeds()),
          spread(system.patientJaccard(), system.seeds()));
    }
    return "Test patients, mean ± standard deviation over seeds:\n\n" + table;
  }

  private static String spread(SeedSummary.Spread spread, int seeds) {
    if (Double.isNaN(spread.mean())) {
      return "–";
    }
    return seeds == 1
        ? number(spread.mean())
        : number(spread.mean()) + " ± " + number(spread.deviation());
  }
}
