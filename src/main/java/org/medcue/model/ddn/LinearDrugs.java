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
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Logistic regression, one a drug, on features that are mostly zero. Features are numbered from 0.
 */
public final class LinearDrugs {

  /** Weighs so much that the intercept is as good as free of regularisation. */
  private static final double INTERCEPT = 10;

  private static final double TOLERANCE = 1e-3;

  private final int size;
  private final double[][] weights;

  private LinearDrugs(int size, double[][] weights) {
    this.size = size;
    this.weights = weights;
  }

  /**
   * Fits a regression.
   *
   * @param rows features of each example by number
   * @param size number of features
   * @param answers numbers of each example's drugs
   * @param drugs number of drugs
   * @param regularisation weight of half the squared weights against the summed log loss
   */
  public static LinearDrugs fit(
      Stream<SortedMap<Integer, Double>> rows,
      int size,
      List<List<Integer>> answers,
      int drugs,
      double regularisation) {
    Feature[][] features = rows.map(row -> row(row, size)).toArray(Feature[][]::new);
    double[][] weights = new double[drugs][];
    for (int drug = 0; drug < drugs; drug++) {
      weights[drug] = fit(features, answers, drug, size + 1, regularisation);
    }
    return new LinearDrugs(size, weights);
  }

  private static double[] fit(
      Feature[][] rows, List<List<Integer>> answers, int drug, int size, double regularisation) {
    Problem problem = new Problem();
    problem.l = rows.length;
    problem.n = size;
    problem.x = rows;
    problem.y = answers.stream().mapToDouble(drugs -> drugs.contains(drug) ? 1 : -1).toArray();
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

  private static Feature[] row(SortedMap<Integer, Double> values, int size) {
    Feature[] row = new Feature[values.size() + 1];
    int i = 0;
    for (Map.Entry<Integer, Double> value : values.entrySet()) {
      row[i++] = new FeatureNode(value.getKey() + 1, value.getValue());
    }
    row[i] = new FeatureNode(size + 1, INTERCEPT);
    return row;
  }

  /** The logit of each drug. */
  public float[] logits(Map<Integer, Double> features) {
    float[] logits = new float[weights.length];
    for (int drug = 0; drug < logits.length; drug++) {
      double[] weight = weights[drug];
      double sum = INTERCEPT * weight[size];
      for (Map.Entry<Integer, Double> value : features.entrySet()) {
        sum += weight[value.getKey()] * value.getValue();
      }
      logits[drug] = (float) sum;
    }
    return logits;
  }
}
