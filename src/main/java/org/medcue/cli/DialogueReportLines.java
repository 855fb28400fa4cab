package org.medcue.cli;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import org.medcue.training.dialogue.DialogueMetrics;
import org.medcue.training.dialogue.DialogueReport;
import org.medcue.training.dialogue.FeasibilityCurve;
import org.medcue.training.evaluation.AsServed;

/** A report on dialogues in a few lines for a person. */
final class DialogueReportLines {

  private DialogueReportLines() {}

  static String of(DialogueReport report) {
    DialogueMetrics metrics = report.metrics();
    Double prAuc = metrics.sample().prAuc();
    return String.join(
            System.lineSeparator(),
            format(
                "%s, %s protocol: %d dialogues, threshold %.2f",
                report.model(), report.protocol().key(), report.dialogues(), report.threshold()),
            format(
                "  micro  Jaccard %.4f (%.4f to %.4f)  F1 %.4f (%.4f to %.4f)",
                metrics.micro().jaccard(),
                metrics.intervals().microJaccard().low(),
                metrics.intervals().microJaccard().high(),
                metrics.micro().f1(),
                metrics.intervals().microF1().low(),
                metrics.intervals().microF1().high()),
            format(
                "  sample Jaccard %.4f  F1 %.4f  PR-AUC %s",
                metrics.sample().jaccard(),
                metrics.sample().f1(),
                prAuc == null ? "-" : format("%.4f", prAuc)),
            format(
                "  drugs a dialogue: %.2f predicted, %.2f recommended; the model knows %.1f %% of them",
                metrics.meanPredicted(), metrics.meanPrescribed(), 100 * report.labelCoverage()),
            format("  all right: %d dialogues; errors: %s", report.right(), errors(report)))
        + (report.asServed() == null ? "" : System.lineSeparator() + served(report.asServed()));
  }

  private static String served(AsServed served) {
    return format(
        "  as served (probability from %.2f, at most %d drugs): %.2f drugs shown, precision %s, recall"
            + " %.4f; one that was recommended in %.1f %% of dialogues",
        served.confidenceFloor(),
        served.limit(),
        served.meanShown(),
        served.precision() == null ? "-" : format("%.4f", served.precision()),
        served.recall(),
        100 * served.visitsWithHit());
  }

  private static String errors(DialogueReport report) {
    return report.errors().entrySet().stream()
        .map(error -> format("%s %.1f %%", error.getKey().title(), 100 * error.getValue().share()))
        .collect(joining(", "));
  }

  static String of(FeasibilityCurve curve) {
    return curve.points().stream()
        .map(
            point ->
                format(
                    "  %3.0f %% said: micro Jaccard %.4f  F1 %.4f",
                    100 * point.share(),
                    point.metrics().micro().jaccard(),
                    point.metrics().micro().f1()))
        .collect(joining(System.lineSeparator()));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
