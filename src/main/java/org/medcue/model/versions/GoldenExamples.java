package org.medcue.model.versions;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.VisitEvidence;
import org.medcue.model.ClinicalJson;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

/**
 * Made-up patients with what a version said of them on a CPU when it was made: the {@code
 * golden.json} of its folder. A version that says something else elsewhere, for another library or
 * device, is not the one that was evaluated.
 */
public final class GoldenExamples {

  /** The file of a version's folder. */
  public static final String FILE = "golden.json";

  /** The largest difference of a probability that is put down to rounding. */
  public static final double TOLERANCE = 1e-4;

  private static final int RANKS = 20;

  /** Versions are made with 8; a replica answers all before it serves. */
  private static final int MOST_EXAMPLES = 200;

  private static final ObjectWriter JSON = ClinicalJson.MAPPER.writerWithDefaultPrettyPrinter();

  private record Content(List<Example> examples) {

    Content {
      examples = List.copyOf(requireNonNull(examples, "examples"));
    }
  }

  /**
   * Of visits and dialogue one is there.
   *
   * @param ranked the most probable drugs, first to last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Example(
      @Nullable VisitEvidence visits, @Nullable DialogueEvidence dialogue, List<Expected> ranked) {

    /** A field that the file lacks would arrive as null: refused, by name. */
    Example {
      ranked = List.copyOf(requireNonNull(ranked, "ranked"));
      if (visits == null) {
        requireNonNull(requireNonNull(dialogue, "visits or dialogue").dialogue(), "dialogue");
      } else {
        requireNonNull(visits.visits(), "visits");
      }
    }

    PatientEvidence evidence() {
      return visits == null ? requireNonNull(dialogue) : visits;
    }
  }

  private record Expected(String drug, double probability) {}

  private GoldenExamples() {}

  /**
   * Writes the file into the folder of a version that is being made.
   *
   * @param predictor the version as its folder holds it, on a CPU
   * @param inputs made up: patients have no place in a version's folder
   */
  public static void write(
      Path folder, DrugPredictor predictor, List<? extends PatientEvidence> inputs)
      throws IOException {
    List<Example> examples =
        inputs.stream().map(input -> example(input, predictor.predict(input))).toList();
    JSON.writeValue(folder.resolve(FILE).toFile(), new Content(examples));
  }

  private static Example example(PatientEvidence input, DrugPrediction prediction) {
    return new Example(
        input instanceof VisitEvidence chart ? chart : null,
        input instanceof DialogueEvidence talk ? talk : null,
        prediction.ranked().stream()
            .limit(RANKS)
            .map(scored -> new Expected(scored.drug().value(), scored.probability()))
            .toList());
  }

  /**
   * Asks a loaded version what it said when it was made.
   *
   * @throws ModelException if the file is missing, has no scores or over 200 examples, or naming
   *     the example, the drug and both numbers where an answer differs by more than {@link
   *     #TOLERANCE}
   */
  public static void check(ModelFolder folder, DrugPredictor predictor) {
    Path file = folder.file(FILE);
    List<Example> examples = read(file);
    for (int i = 0; i < examples.size(); i++) {
      String example = file + ": example " + (i + 1);
      check(example, examples.get(i).ranked, answer(example, examples.get(i), predictor));
    }
  }

  private static List<Example> read(Path file) {
    try {
      Content content = ClinicalJson.MAPPER.readValue(file.toFile(), Content.class);
      if (content != null && content.examples.size() > MOST_EXAMPLES) {
        throw new ModelException(file + " has more than " + MOST_EXAMPLES + " golden examples");
      }
      // An input without scores, such as a dialogue in another language, says nothing of a network
      if (content != null && content.examples.stream().anyMatch(e -> !e.ranked.isEmpty())) {
        return content.examples;
      }
    } catch (IOException e) {
      throw new ModelException(
          file + " cannot be read: a version needs golden examples, train it anew", e);
    }
    throw new ModelException(file + " holds no golden example with scores: train the version anew");
  }

  private static List<ScoredDrug> answer(String name, Example example, DrugPredictor predictor) {
    try {
      return predictor.predict(example.evidence()).ranked();
    } catch (IllegalArgumentException | ModelException e) {
      throw new ModelException(name + " cannot be answered: " + e.getMessage(), e);
    }
  }

  private static void check(String example, List<Expected> expected, List<ScoredDrug> answer) {
    Map<String, Double> now = new HashMap<>();
    answer.forEach(scored -> now.put(scored.drug().value(), scored.probability()));
    double least = 1;
    for (Expected drug : expected) {
      Double probability = now.remove(drug.drug);
      // Written so that it holds of no NaN
      if (probability == null || !(Math.abs(probability - drug.probability) <= TOLERANCE)) {
        throw differs(
            example, drug.drug, probability, String.format(Locale.ROOT, "%.6f", drug.probability));
      }
      least = Math.min(least, drug.probability);
    }
    double most = expected.isEmpty() ? 0 : least;
    now.forEach(
        (drug, probability) -> {
          if (!(probability <= most + TOLERANCE)) {
            throw differs(
                example, drug, probability, String.format(Locale.ROOT, "at most %.6f", most));
          }
        });
  }

  private static ModelException differs(
      String example, String drug, @Nullable Double now, String then) {
    return new ModelException(
        example
            + " gives the drug "
            + drug
            + (now == null ? " no probability" : String.format(Locale.ROOT, " %.6f", now))
            + " here, but "
            + then
            + " where the version was made: it would not answer as it was evaluated");
  }
}
