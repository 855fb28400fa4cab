package org.medcue.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.medcue.training.evaluation.IntervalPlot.Look;
import org.medcue.training.evaluation.IntervalPlot.Row;

/** Jaccard by group of visits: a row each, with its interval and what copying scores there. */
final class StrataPlot {

  static final String INTERVAL = "95 % interval over patients";
  static final String MODEL = "this system";
  static final String COPYING = "copying the last visit";

  private StrataPlot() {}

  static XYChart of(EvaluationReport report) {
    IntervalPlot<Stratum.GroupScores> plot =
        new IntervalPlot<>(
            new IntervalPlot.Frame(
                900,
                26,
                "Jaccard by group, " + ReportPlots.of(report),
                "Jaccard, mean over visits",
                0,
                1),
            rows(report));
    double overall = report.metrics().sample().jaccard();
    plot.addReference(String.format(Locale.ROOT, "all visits: %.3f", overall), overall);
    plot.addWhiskers(
        INTERVAL, Look.CIRCLE, Stratum.GroupScores::jaccardLow, Stratum.GroupScores::jaccardHigh);
    plot.addPoints(COPYING, Look.DIAMOND, Stratum.GroupScores::copyLastVisitJaccard);
    plot.addPoints(MODEL, Look.CIRCLE, scores -> scores.sample().jaccard());
    return plot.chart();
  }

  /** A row each group, under the attribute in capitals. */
  static List<Row<Stratum.GroupScores>> rows(EvaluationReport report) {
    List<Row<Stratum.GroupScores>> rows = new ArrayList<>();
    report
        .strata()
        .forEach(
            (attribute, strata) -> {
              if (!EvaluationReport.isUnknown(strata)) {
                String name = EvaluationReport.nameOf(attribute).toUpperCase(Locale.ROOT);
                rows.add(Row.heading(name));
                strata.forEach(group -> rows.add(Row.of(label(group), group.scores())));
              }
            });
    return rows;
  }

  private static String label(Stratum group) {
    return group.scores() == null
        ? group.name() + " (not shown)"
        : String.format(
            Locale.ROOT,
            "%s (%s patients, %s visits%s)",
            group.name(),
            String.valueOf(group.patients()),
            String.valueOf(group.visits()),
            group.few() ? ", few" : "");
  }
}
