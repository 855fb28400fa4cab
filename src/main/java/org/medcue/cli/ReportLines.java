package org.medcue.cli;

import java.util.Locale;
import org.medcue.training.EvaluationReport;
import org.medcue.training.EvaluationReport.Metrics;

/** A report in a few lines for a person. */
final class ReportLines {

  private ReportLines() {}

  static String of(EvaluationReport report) {
    return String.format(
            Locale.ROOT,
            "%s on %s: %d visits of %d patients, threshold %.2f%n",
            report.model(),
            report.part(),
            report.visits(),
            report.patients(),
            report.threshold())
        + line("model", report.metrics())
        + line("copy last visit", report.baselines().copyLastVisit())
        + String.format(
            Locale.ROOT,
            "  Jaccard above copying: %+.4f (95 %% interval over patients %+.4f to %+.4f)",
            report.aboveCopyLastVisit().mean(),
            report.aboveCopyLastVisit().low(),
            report.aboveCopyLastVisit().high());
  }

  private static String line(String system, Metrics metrics) {
    Double prAuc = metrics.sample().prAuc();
    return String.format(
        Locale.ROOT,
        "  %-15s Jaccard %.4f  F1 %.4f  PR-AUC %6s  micro Jaccard %.4f  per patient %.4f%n",
        system,
        metrics.sample().jaccard(),
        metrics.sample().f1(),
        prAuc == null ? "-" : String.format(Locale.ROOT, "%.4f", prAuc),
        metrics.micro().jaccard(),
        metrics.perPatient().sample().jaccard());
  }
}
