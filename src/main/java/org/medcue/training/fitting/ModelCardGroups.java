package org.medcue.training.fitting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medcue.training.evaluation.EvaluationReport;
import org.medcue.training.evaluation.Stratum;

/** The table of groups of a model card. */
final class ModelCardGroups {

  private ModelCardGroups() {}

  static String of(EvaluationReport report) {
    List<String> unknown = new ArrayList<>();
    MarkdownTable table =
        new MarkdownTable(
            "group", "patients", "visits", "Jaccard (95 %)", "F1", "PR-AUC", "copy last visit");
    report
        .strata()
        .forEach(
            (attribute, strata) -> {
              String name = EvaluationReport.nameOf(attribute);
              if (EvaluationReport.isUnknown(strata)) {
                unknown.add(name);
              } else {
                strata.forEach(stratum -> group(table, name, stratum));
              }
            });
    return unknown.isEmpty()
        ? table.toString()
        : table + "\n\nNot known of these patients: " + String.join(", ", unknown) + ".";
  }

  private static void group(MarkdownTable table, String attribute, Stratum stratum) {
    String name = attribute + " " + stratum.name();
    Stratum.@Nullable GroupScores scores = stratum.scores();
    if (scores == null) {
      table.row(name, "–", "–", "not shown", "–", "–", "–");
      return;
    }
    table.row(
        name,
        String.valueOf(stratum.patients()),
        stratum.visits() + (stratum.few() ? " (few)" : ""),
        String.format(
            Locale.ROOT,
            "%.3f (%.3f to %.3f)",
            scores.sample().jaccard(),
            scores.jaccardLow(),
            scores.jaccardHigh()),
        ModelCardTables.number(scores.sample().f1()),
        ModelCardTables.orDash(scores.sample().prAuc()),
        ModelCardTables.number(scores.copyLastVisitJaccard()));
  }
}
