package org.medcue.training.fitting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medcue.training.evaluation.EvaluationReport;
import org.medcue.training.evaluation.EvaluationReport.Metrics;
import org.medcue.training.evaluation.EvaluationReport.Stratum;
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
    PairedDifference above = test.aboveCopyLastVisit();
    values.put("temperature", number(test.calibration().temperature()));
    values.put("metrics", metrics(evaluation));
    values.put(
        "aboveCopying",
        String.format(
            Locale.ROOT,
            "%+.3f (95 %% interval over patients %+.3f to %+.3f)",
            above.mean(),
            above.low(),
            above.high()));
    values.put("calibration", calibration(evaluation));
    values.put("interactions", interactions(test.interactions()));
    values.put("seeds", compared.isEmpty() ? ONE_SEED : seeds(compared));
    values.put("groups", groups(test));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String orDash(@Nullable Double value) {
    return value == null ? "–" : number(value);
  }

  private static String row(Object... cells) {
    return "| " + String.join(" | ", List.of(cells).stream().map(String::valueOf).toList()) + " |";
  }

  private static String metrics(ModelEvaluation evaluation) {
    List<String> rows = new ArrayList<>();
    rows.add(
        row(
            "scored visits",
            "system",
            "Jaccard",
            "F1",
            "PR-AUC",
            "micro Jaccard",
            "Jaccard per patient",
            "drugs predicted",
            "prescribed"));
    rows.add("|---|---|---|---|---|---|---|---|---|");
    for (EvaluationReport report : List.of(evaluation.validation(), evaluation.test())) {
      String part =
          String.format("%s, %d of %d patients", report.part(), report.visits(), report.patients());
      rows.add(metrics(part, "this version", report.metrics()));
      rows.add(metrics(report.part(), "copy last visit", report.baselines().copyLastVisit()));
    }
    return String.join("\n", rows);
  }

  private static String metrics(String part, String system, Metrics metrics) {
    return row(
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

  private static String calibration(ModelEvaluation evaluation) {
    List<String> rows = new ArrayList<>();
    rows.add(
        row(
            "patients",
            "ECE before",
            "ECE after",
            "ECE of an isotonic fit",
            "Brier before",
            "Brier after"));
    rows.add("|---|---|---|---|---|---|");
    for (EvaluationReport report : List.of(evaluation.validation(), evaluation.test())) {
      EvaluationReport.CalibrationReport calibration = report.calibration();
      rows.add(
          row(
              report.part().equals("validation") ? "validation, fitted on these" : report.part(),
              fine(calibration.eceBefore()),
              fine(calibration.eceAfter()),
              calibration.eceIsotonic() == null ? "–" : fine(calibration.eceIsotonic()),
              fine(calibration.brierBefore()),
              fine(calibration.brierAfter())));
    }
    return String.join("\n", rows);
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
            + " prescribed %.2f %% (%d pairs).",
        100 * interactions.predicted().share(),
        interactions.predicted().pairs(),
        100 * interactions.prescribed().share(),
        interactions.prescribed().pairs());
  }

  private static String seeds(List<SeedSummary> compared) {
    List<String> rows = new ArrayList<>();
    rows.add("Test patients, mean ± standard deviation over seeds:\n");
    rows.add(row("system", "seeds", "Jaccard", "F1", "PR-AUC", "Jaccard per patient"));
    rows.add("|---|---|---|---|---|---|");
    for (SeedSummary system : compared) {
      rows.add(
          row(
              system.system(),
              system.seeds(),
              spread(system.jaccard(), system.seeds()),
              spread(system.f1(), system.seeds()),
              spread(system.prAuc(), system.seeds()),
              spread(system.patientJaccard(), system.seeds())));
    }
    return String.join("\n", rows);
  }

  private static String spread(SeedSummary.Spread spread, int seeds) {
    if (Double.isNaN(spread.mean())) {
      return "–";
    }
    return seeds == 1
        ? number(spread.mean())
        : number(spread.mean()) + " ± " + number(spread.deviation());
  }

  private static String groups(EvaluationReport report) {
    List<String> unknown = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    rows.add(
        row("group", "patients", "visits", "Jaccard (95 %)", "F1", "PR-AUC", "copy last visit"));
    rows.add("|---|---|---|---|---|---|---|");
    report
        .strata()
        .forEach(
            (attribute, strata) -> {
              if (EvaluationReport.isUnknown(strata)) {
                unknown.add(EvaluationReport.nameOf(attribute));
              } else {
                strata.forEach(stratum -> rows.add(group(attribute, stratum)));
              }
            });
    if (!unknown.isEmpty()) {
      rows.add("\nNot known of these patients: " + String.join(", ", unknown) + ".");
    }
    return String.join("\n", rows);
  }

  private static String group(String attribute, Stratum stratum) {
    return row(
        EvaluationReport.nameOf(attribute) + " " + stratum.name(),
        stratum.patients(),
        stratum.visits() + (stratum.few() ? " (few)" : ""),
        String.format(
            Locale.ROOT,
            "%.3f (%.3f to %.3f)",
            stratum.sample().jaccard(),
            stratum.jaccardLow(),
            stratum.jaccardHigh()),
        number(stratum.sample().f1()),
        orDash(stratum.sample().prAuc()),
        number(stratum.copyLastVisitJaccard()));
  }
}
