package org.medcue.model.ddn;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.medcue.knowledge.DialogueKnowledge;

/**
 * Logistic regression on a dialogue's wording, one a drug: the paper's TF-IDF baseline, and the
 * branch that DDN is blended with, since a thousand dialogues teach an encoder little about drug
 * names.
 */
public final class WordingRegression {

  /** Weighs so much that the intercept is as good as free of regularisation. */
  private static final double INTERCEPT = 10;

  private static final double TOLERANCE = 1e-3;

  private final WordingFeatures features;
  private final double[][] weights;

  private WordingRegression(WordingFeatures features, double[][] weights) {
    this.features = features;
    this.weights = weights;
  }

  /**
   * Fits a regression.
   *
   * @param wholeAlone whether to read the wording of the whole and the disease alone
   * @param regularisation weight of half the squared weights against the summed log loss
   */
  public static WordingRegression fit(
      DialogueKnowledge knowledge,
      List<DdnFineTuning.Example> examples,
      boolean wholeAlone,
      double regularisation) {
    WordingFeatures features =
        new WordingFeatures(
            knowledge, examples.stream().map(e -> e.asked().dialogue()).toList(), wholeAlone);
    Feature[][] rows =
        examples.stream().map(example -> row(features, example.asked())).toArray(Feature[][]::new);
    double[][] weights = new double[knowledge.drugs().drugs().size()][];
    for (int drug = 0; drug < weights.length; drug++) {
      weights[drug] = fit(rows, examples, drug, features.size() + 1, regularisation);
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
    Map<Integer, Double> values = features.of(asked);
    float[] logits = new float[weights.length];
    for (int drug = 0; drug < logits.length; drug++) {
      double[] weight = weights[drug];
      double sum = INTERCEPT * weight[features.size()];
      for (Map.Entry<Integer, Double> value : values.entrySet()) {
        sum += weight[value.getKey()] * value.getValue();
      }
      logits[drug] = (float) sum;
    }
    return logits;
  }
}
