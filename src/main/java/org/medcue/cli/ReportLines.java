package org.medcue.cli;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Omission;
import org.medcue.training.evaluation.AsServed;
import org.medcue.training.evaluation.EvaluationReport;
import org.medcue.training.evaluation.EvaluationReport.Metrics;
import org.medcue.training.evaluation.Interactions;
import org.medcue.training.evaluation.Stratum;
import org.medcue.training.fitting.Fitting;

/** A report in a few lines for a person. */
final class ReportLines {

  private ReportLines() {}

  /** How a training went. */
  static String of(Fitting.Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "Trained at %,.0f visits/s for %.0f s; kept epoch %d of %d, validation PR-AUC %.4f",
        outcome.unitsPerSecond(),
        outcome.seconds(),
        outcome.bestEpoch(),
        outcome.epochs(),
        outcome.validationPrAuc());
  }

  /** What could not be read of a cohort, counted; empty where all was. */
  static String of(List<Omission> omissions) {
    StringBuilder lines = new StringBuilder();
    for (Omission omission : omissions) {
      lines.append(
          String.format(
              Locale.ROOT,
              "  not read: %,d x %s in %s%n",
              omission.count(),
              omission.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              omission.subject()));
    }
    return lines.toString();
  }

  static String of(EvaluationReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%s on %s: %d visits of %d patients, threshold %.2f",
            report.model(), report.part(), report.visits(), report.patients(), report.threshold()));
    lines.add(line("model", report.metrics()));
    lines.add(line("copy last visit", report.baselines().copyLastVisit()));
    lines.add("  Jaccard above copying: " + report.aboveCopyLastVisit().describe(4));
    lines.add(
        format(
            "  drugs a visit: %.2f predicted, %.2f prescribed",
            report.metrics().meanPredicted(), report.metrics().meanPrescribed()));
    addServed(lines, report.asServed());
    lines.add(
        format(
            "  label space: holds %.1f %% of the drugs prescribed, so no recall is higher",
            100 * report.labelCoverage()));
    lines.add(calibration(report.calibration()));
    addInteractions(lines, report.interactions());
    report.strata().forEach((attribute, groups) -> lines.add(groups(attribute, groups)));
    report.codeCoverage().forEach((field, coverage) -> lines.add(coverage(field, coverage)));
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(String system, Metrics metrics) {
    Double prAuc = metrics.sample().prAuc();
    return format(
        "  %-15s Jaccard %.4f  F1 %.4f  PR-AUC %6s  micro Jaccard %.4f  per patient %.4f",
        system,
        metrics.sample().jaccard(),
        metrics.sample().f1(),
        prAuc == null ? "-" : format("%.4f", prAuc),
        metrics.micro().jaccard(),
        metrics.perPatient().sample().jaccard());
  }

  private static void addServed(List<String> lines, AsServed served) {
    lines.add(
        format(
            "  as served (probability from %.2f, at most %d drugs): Jaccard %.4f  precision %s "
                + " recall %.4f",
            served.confidenceFloor(),
            served.limit(),
            served.jaccard(),
            served.precision() == null ? "-" : format("%.4f", served.precision()),
            served.recall()));
    lines.add(
        format(
            "  as served: %.2f drugs shown a visit, one that was prescribed at %.1f %% of visits",
            served.meanShown(), 100 * served.visitsWithHit()));
  }

  private static String calibration(EvaluationReport.CalibrationReport calibration) {
    return format(
        "  calibration error: %.4f before, %.4f after temperature %.2f",
        calibration.eceBefore(), calibration.eceAfter(), calibration.temperature());
  }

  private static void addInteractions(List<String> lines, @Nullable Interactions interactions) {
    if (interactions != null) {
      lines.add(
          format(
              "  interacting pairs: %.2f %% of those predicted, %.2f %% of those prescribed (%s)",
              100 * interactions.predicted().share(),
              100 * interactions.prescribed().share(),
              interactions.table()));
    }
  }

  /** Jaccard and number of visits of each group. */
  private static String groups(String attribute, List<Stratum> groups) {
    String name = EvaluationReport.nameOf(attribute);
    if (EvaluationReport.isUnknown(groups)) {
      return "  by " + name + ": not known";
    }
    return groups.stream()
        .map(ReportLines::group)
        .collect(joining("  ", "  by " + name + ": ", ""));
  }

  private static String group(Stratum group) {
    return group.scores() == null
        ? group.name() + " not shown"
        : format(
            "%s %.3f (%s%s)",
            group.name(),
            group.scores().sample().jaccard(),
            String.valueOf(group.visits()),
            group.few() ? ", few" : "");
  }

  private static String coverage(String field, EvaluationReport.Coverage coverage) {
    return format(
        "  codes of %s: %.1f %% exact, %.1f %% by an ancestor, %.1f %% unknown (of %d)",
        field,
        100 * coverage.exact(),
        100 * coverage.ancestor(),
        100 * coverage.unknown(),
        coverage.occurrences());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
