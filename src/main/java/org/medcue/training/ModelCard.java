package org.medcue.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medcue.model.ModelManifest;
import org.medcue.training.EvaluationReport.Metrics;

/** Writes the {@code MODEL_CARD.md} of a version: the 31 source attributes with its figures. */
final class ModelCard {

  private static final String TEMPLATE = "model-card.md";

  private ModelCard() {}

  static String of(ModelManifest manifest, ModelEvaluation evaluation, int labels) {
    Map<String, String> values = new HashMap<>(manifest.provenance());
    values.put("model", manifest.model());
    values.put("version", manifest.version());
    values.put("labels", String.valueOf(labels));
    values.put("patients", manifest.provenance().getOrDefault("trainingPatients", "?"));
    values.put("threshold", number(manifest.threshold()));
    values.put("architecture", manifest.architecture().toString());
    values.put("knowledge", manifest.knowledge().toString());
    put(values, "validation", evaluation.validation());
    put(values, "test", evaluation.test());
    PairedDifference above = evaluation.test().aboveCopyLastVisit();
    values.put("testAbove", number(above.mean()));
    values.put("testLow", number(above.low()));
    values.put("testHigh", number(above.high()));
    String card = template();
    for (Map.Entry<String, String> value : values.entrySet()) {
      card = card.replace("{" + value.getKey() + "}", value.getValue());
    }
    return card;
  }

  private static void put(Map<String, String> values, String part, EvaluationReport report) {
    Metrics model = report.metrics();
    Metrics copy = report.baselines().copyLastVisit();
    values.put(part + "Visits", String.valueOf(report.visits()));
    values.put(part + "Jaccard", number(model.sample().jaccard()));
    values.put(part + "F1", number(model.sample().f1()));
    values.put(part + "PrAuc", number(Objects.requireNonNull(model.sample().prAuc())));
    values.put(part + "CopyJaccard", number(copy.sample().jaccard()));
    values.put(part + "CopyF1", number(copy.sample().f1()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String template() {
    try (@Nullable InputStream in = ModelCard.class.getResourceAsStream(TEMPLATE)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
