package org.medcue.model.ddn;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

/**
 * Logistic regression on a dialogue's wording, one a drug: the paper's TF-IDF baseline, and the
 * branch that DDN is blended with, since a thousand dialogues teach an encoder little about drug
 * names.
 */
public final class WordingRegression {

  private static final String RUNS = "wording.json";
  private static final String WEIGHTS = "wording.safetensors";
  private static final JsonMapper JSON = new JsonMapper();

  private final WordingFeatures features;

  private final LinearDrugs drugs;

  private WordingRegression(WordingFeatures features, LinearDrugs drugs) {
    this.features = features;
    this.drugs = drugs;
  }

  /**
   * Fits a regression on the wording by speaker, on the disease and on the drugs that are named.
   *
   * @param examples of which a dialogue may be several, cut at different places
   * @param regularisation weight of half the squared weights against the summed log loss
   */
  public static WordingRegression fit(
      DialogueKnowledge knowledge, List<DdnFineTuning.Example> examples, double regularisation) {
    return fit(knowledge, examples, false, regularisation);
  }

  /** The same on the wording of the whole and the disease alone: the paper's TF-IDF baseline. */
  public static WordingRegression ofWhole(
      DialogueKnowledge knowledge, List<DdnFineTuning.Example> examples, double regularisation) {
    return fit(knowledge, examples, true, regularisation);
  }

  private static WordingRegression fit(
      DialogueKnowledge knowledge,
      List<DdnFineTuning.Example> examples,
      boolean wholeAlone,
      double regularisation) {
    WordingFeatures features =
        new WordingFeatures(
            knowledge, examples.stream().map(e -> e.asked().dialogue()).toList(), wholeAlone);
    LinearDrugs drugs =
        LinearDrugs.fit(
            examples.stream().map(example -> features.of(example.asked())),
            features.size(),
            examples.stream().map(DdnFineTuning.Example::drugs).toList(),
            knowledge.drugs().drugs().size(),
            regularisation);
    return new WordingRegression(features, drugs);
  }

  /** The logit of each drug. */
  public float[] logits(DdnModel.Asked asked) {
    return drugs.logits(features.of(asked));
  }

  /**
   * The regression of a version.
   *
   * @throws ModelException if its files do not fit each other or the knowledge
   */
  static WordingRegression load(ModelFolder folder, DialogueKnowledge knowledge) {
    WordingFeatures features =
        WordingFeatures.of(knowledge, folder.read(RUNS, WordingFeatures.Known.class));
    Path file = folder.file(WEIGHTS);
    return new WordingRegression(
        features, LinearDrugs.load(file, features.size(), knowledge.drugs().drugs().size()));
  }

  /** Writes runs and weights into a version's folder. */
  void save(Path folder) throws IOException {
    JSON.writeValue(folder.resolve(RUNS).toFile(), features.known());
    drugs.save(folder.resolve(WEIGHTS));
  }
}
