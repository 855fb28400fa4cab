package org.medcue.training.fitting;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelManifest;
import org.medcue.model.visits.LabelSpace;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.ModelEvaluation;
import org.medcue.training.evaluation.SeedSummary;

/** Writes the {@code MODEL_CARD.md} of a version: the 31 source attributes with its figures. */
public final class ModelCard {

  private static final String TEMPLATE = "model-card.md";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)\\}");

  private ModelCard() {}

  /**
   * The card of a version.
   *
   * @param manifest its provenance must state {@code dataFingerprint}, {@code splitSeed} and {@code
   *     bestEpoch}
   * @param trainedOn the patients that its weights were fitted on
   * @param evaluation on validation and test patients
   * @param space what the labels are
   * @param labels how many there are
   * @param compared this system and its baselines over several seeds on the same test patients; may
   *     be empty
   * @throws TrainingException if a figure that the card needs is missing
   */
  public static String of(
      ModelManifest manifest,
      CohortFigures trainedOn,
      ModelEvaluation evaluation,
      LabelSpace space,
      int labels,
      List<SeedSummary> compared) {
    Map<String, String> values = new HashMap<>(manifest.provenance());
    values.put("model", manifest.model());
    values.put("version", manifest.version());
    values.put("labels", String.valueOf(labels));
    values.put("labelSpace", nameOf(space));
    values.put("threshold", ModelCardTables.number(manifest.threshold()));
    values.put("architecture", ReadableSettings.of(manifest.architecture()));
    values.put("knowledge", knowledge(manifest.knowledge()));
    values.put("provenance", provenance(manifest.provenance()));
    values.put("trainedOn", trainedOn.who());
    values.put("trainedOnVisits", trainedOn.visitsInWords());
    values.put("childrenOutOfScope", trainedOn.childrenOutOfScope());
    ModelCardTables.put(values, evaluation, compared);
    return fill(template(ModelCard.class, TEMPLATE), values);
  }

  private static String nameOf(LabelSpace space) {
    return switch (space) {
      case PRODUCT -> "RxNorm clinical drugs (label space PRODUCT)";
      case INGREDIENT -> "RxNorm ingredients or combinations of them (label space INGREDIENT)";
      case ATC4 -> "ATC classes of level 4 (label space ATC4)";
      case ATC3 -> "ATC classes of level 3 (label space ATC3)";
    };
  }

  /** Names and numbers of the knowledge that a version was built on. */
  public static String knowledge(List<KnowledgeVersion> versions) {
    return versions.stream().map(v -> v.name() + " " + v.version()).collect(joining(", "));
  }

  /** What made a version, as a list. */
  public static String provenance(Map<String, String> provenance) {
    return new TreeMap<>(provenance)
        .entrySet().stream()
            .map(fact -> "- " + fact.getKey() + ": " + ReadableSettings.of(fact.getValue()))
            .collect(joining("\n"));
  }

  /**
   * Fills each placeholder of a template once, so that a value cannot bring in another.
   *
   * @throws TrainingException if a figure that the card needs is missing
   */
  public static String fill(String template, Map<String, String> values) {
    TreeSet<String> missing = new TreeSet<>();
    String card =
        PLACEHOLDER
            .matcher(template)
            .replaceAll(
                placeholder -> {
                  @Nullable String value = values.get(placeholder.group(1));
                  if (value == null) {
                    missing.add(placeholder.group(1));
                  }
                  return Matcher.quoteReplacement(Objects.requireNonNullElse(value, ""));
                });
    if (!missing.isEmpty()) {
      throw new TrainingException(
          "the model card cannot be written: nothing states " + String.join(", ", missing));
    }
    return card;
  }

  /** A template beside a class. */
  public static String template(Class<?> beside, String name) {
    try (@Nullable InputStream in = beside.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
