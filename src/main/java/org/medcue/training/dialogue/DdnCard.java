package org.medcue.training.dialogue;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelManifest;
import org.medcue.training.evaluation.AsServed;
import org.medcue.training.evaluation.Bootstrap;
import org.medcue.training.fitting.ModelCard;

/** Writes the {@code MODEL_CARD.md} of a version of DDN. */
final class DdnCard {

  private DdnCard() {}

  static String of(ModelManifest manifest, DdnEvaluation evaluation, DialogueKnowledge knowledge) {
    Map<String, String> values = new HashMap<>(manifest.provenance());
    values.put("version", manifest.version());
    values.put("drugs", String.valueOf(knowledge.drugs().drugs().size()));
    values.put("diseases", String.valueOf(knowledge.diseases().diseases().size()));
    values.put("threshold", number(manifest.threshold()));
    values.put("knowledge", ModelCard.knowledge(manifest.knowledge()));
    values.put("provenance", ModelCard.provenance(manifest.provenance()));
    values.put("encoder", manifest.architecture().at("/encoder/name").asText());
    values.put("architecture", manifest.architecture().toString());
    values.put("metrics", metrics(List.of(evaluation.clinical(), evaluation.paper())));
    values.put("asServed", asServed(Objects.requireNonNull(evaluation.clinical().asServed())));
    values.put("recall", percent(evaluation.clinical().metrics().micro().recall()));
    values.put("surplus", percent(1 - evaluation.clinical().metrics().micro().precision()));
    values.put("errors", errors(evaluation.clinical()));
    values.put("diseasesTable", groups(evaluation.clinical().diseases()));
    values.put("departmentsTable", groups(evaluation.clinical().departments()));
    values.put("feasibility", feasibility(evaluation.feasibility()));
    values.put("hits", percent(evaluation.graph().hitsAt10()));
    values.put("facts", String.valueOf(evaluation.graph().facts()));
    return ModelCard.fill(ModelCard.template(DdnCard.class, "ddn-card.md"), values);
  }

  private static String metrics(List<DialogueReport> reports) {
    StringBuilder table =
        new StringBuilder(
            """
            | protocol | dialogues | threshold | micro Jaccard | micro F1 | Jaccard | F1 | PR-AUC | drugs predicted | recommended |
            |---|---|---|---|---|---|---|---|---|---|
            """);
    for (DialogueReport report : reports) {
      DialogueMetrics metrics = report.metrics();
      Double prAuc = metrics.sample().prAuc();
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.2f | %s %s | %s %s | %s | %s | %s | %.2f | %.2f |%n",
              report.protocol().key(),
              report.dialogues(),
              report.threshold(),
              percent(metrics.micro().jaccard()),
              interval(metrics.intervals().microJaccard()),
              percent(metrics.micro().f1()),
              interval(metrics.intervals().microF1()),
              percent(metrics.sample().jaccard()),
              percent(metrics.sample().f1()),
              prAuc == null ? "–" : percent(prAuc),
              metrics.meanPredicted(),
              metrics.meanPrescribed()));
    }
    return table.toString();
  }

  private static String asServed(AsServed served) {
    return String.format(
        Locale.ROOT,
        "a card shows %.1f drugs a dialogue, %s %% of which were recommended, and %s %% of the drugs"
            + " recommended; in %s %% of dialogues one of them at least",
        served.meanShown(),
        percent(Objects.requireNonNullElse(served.precision(), 0.0)),
        percent(served.recall()),
        percent(served.visitsWithHit()));
  }

  private static String errors(DialogueReport report) {
    StringBuilder table =
        new StringBuilder("| error | dialogues | share of the wrong ones, % |\n|---|---|---|\n");
    report
        .errors()
        .forEach(
            (kind, errors) ->
                table.append(
                    String.format(
                        Locale.ROOT,
                        "| %s | %d | %s |%n",
                        kind.title(),
                        errors.dialogues(),
                        percent(errors.share()))));
    return table
        .append(String.format(Locale.ROOT, "| (all right) | %d | |%n", report.right()))
        .toString();
  }

  private static String groups(List<DialogueGroup> groups) {
    StringBuilder table =
        new StringBuilder("| group | dialogues | micro Jaccard | micro F1 |\n|---|---|---|---|\n");
    for (DialogueGroup group : groups) {
      DialogueMetrics metrics = group.metrics();
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s |%n",
              group.name(),
              group.dialogues() == null ? "fewer than 10" : group.dialogues().toString(),
              metrics == null ? "–" : percent(metrics.micro().jaccard()),
              metrics == null ? "–" : percent(metrics.micro().f1())));
    }
    return table.toString();
  }

  private static String feasibility(FeasibilityCurve curve) {
    StringBuilder table =
        new StringBuilder("| said, % | micro Jaccard | micro F1 |\n|---|---|---|\n");
    for (FeasibilityCurve.Point point : curve.points()) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %.0f | %s %s | %s %s |%n",
              100 * point.share(),
              percent(point.metrics().micro().jaccard()),
              interval(point.metrics().intervals().microJaccard()),
              percent(point.metrics().micro().f1()),
              interval(point.metrics().intervals().microF1())));
    }
    return table.toString();
  }

  private static String interval(Bootstrap.Interval interval) {
    return "(" + percent(interval.low()) + " to " + percent(interval.high()) + ")";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
