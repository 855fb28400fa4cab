package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.learning.TensorFile;
import org.medcue.model.nn.Torch;

/**
 * Logistic regression on a dialogue's wording, one a drug: the paper's TF-IDF baseline, and the
 * branch that DDN is blended with, since a thousand dialogues teach an encoder little about drug
 * names.
 */
public final class WordingRegression {

  /** Weighs so much that the intercept is as good as free of regularisation. */
  private static final double INTERCEPT = 10;

  private static final double TOLERANCE = 1e-3;

  private static final String RUNS = "wording.json";
  private static final String WEIGHTS = "wording.safetensors";
  private static final String TENSOR = "weights";
  private static final JsonMapper JSON = new JsonMapper();

  private final WordingFeatures features;

  /** By feature and drug; the last row is the intercept's. */
  private final float[][] weights;

  private WordingRegression(WordingFeatures features, float[][] weights) {
    this.features = features;
    this.weights = weights;
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
    Feature[][] rows =
        examples.stream().map(example -> row(features, example.asked())).toArray(Feature[][]::new);
    int drugs = knowledge.drugs().drugs().size();
    float[][] weights = new float[features.size() + 1][drugs];
    for (int drug = 0; drug < drugs; drug++) {
      double[] fitted = fit(rows, examples, drug, weights.length, regularisation);
      for (int feature = 0; feature < weights.length; feature++) {
        weights[feature][drug] = (float) fitted[feature];
      }
    }
    return new WordingRegression(features, weights);
  }

  private static double[] fit(
      Feature[][] rows,
      List<DdnFineTuning.Example> examples,
      int drug,
      int size,
      double regularisation) {
    Problem problem = new Problem();
    problem.l = rows.length;
    problem.n = size;
    problem.x = rows;
    problem.y = examples.stream().mapToDouble(e -> e.drugs().contains(drug) ? 1 : -1).toArray();
    Parameter parameter = new Parameter(SolverType.L2R_LR, 1 / regularisation, TOLERANCE);
    parameter.setRandom(new Random(drug));
    Linear.disableDebugOutput();
    Model model = Linear.train(problem, parameter);
    double[] weights = model.getFeatureWeights().clone();
    if (model.getLabels()[0] != 1) { // of the label that it met first
      for (int i = 0; i < weights.length; i++) {
        weights[i] = -weights[i];
      }
    }
    return weights;
  }

  private static Feature[] row(WordingFeatures features, DdnModel.Asked asked) {
    Map<Integer, Double> values = features.of(asked);
    Feature[] row = new Feature[values.size() + 1];
    int i = 0;
    for (Map.Entry<Integer, Double> value : values.entrySet()) {
      row[i++] = new FeatureNode(value.getKey() + 1, value.getValue());
    }
    row[i] = new FeatureNode(features.size() + 1, INTERCEPT);
    return row;
  }

  /** The logit of each drug. */
  public float[] logits(DdnModel.Asked asked) {
    double[] sums = new double[weights[0].length];
    add(INTERCEPT, weights[features.size()], sums);
    features.of(asked).forEach((feature, value) -> add(value, weights[feature], sums));
    float[] logits = new float[sums.length];
    for (int drug = 0; drug < logits.length; drug++) {
      logits[drug] = (float) sums[drug];
    }
    return logits;
  }

  private static void add(double value, float[] weights, double[] sums) {
    for (int drug = 0; drug < sums.length; drug++) {
      sums[drug] += value * weights[drug];
    }
  }

  /**
   * The regression of a version.
   *
   * @throws ModelException if its files do not fit each other or the knowledge
   */
  static WordingRegression load(ModelFolder folder, DialogueKnowledge knowledge) {
    WordingFeatures features =
        WordingFeatures.of(knowledge, folder.read(RUNS, WordingFeatures.Known.class));
    int drugs = knowledge.drugs().drugs().size();
    float[] values;
    try {
      values = TensorFile.read(folder.file(WEIGHTS)).get(TENSOR);
    } catch (IOException e) {
      throw new ModelException("cannot read " + folder.file(WEIGHTS), e);
    }
    if (values == null || values.length != (features.size() + 1) * drugs) {
      throw new ModelException(
          folder.file(WEIGHTS) + " does not fit " + RUNS + " or the number of drugs");
    }
    float[][] weights = new float[features.size() + 1][];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = Arrays.copyOfRange(values, row * drugs, (row + 1) * drugs);
    }
    return new WordingRegression(features, weights);
  }

  /** Writes runs and weights, these in half precision, into a version's folder. */
  void save(Path folder) throws IOException {
    JSON.writeValue(folder.resolve(RUNS).toFile(), features.known());
    try (NDManager manager = Torch.newManager()) {
      NDArray rows = manager.create(weights);
      TensorFile.writeHalf(folder.resolve(WEIGHTS), Map.of(TENSOR, rows));
    }
  }
}
