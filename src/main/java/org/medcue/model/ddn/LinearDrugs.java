package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
import java.util.SortedMap;
import java.util.stream.Stream;
import org.medcue.model.ModelException;
import org.medcue.model.learning.TensorFile;
import org.medcue.model.nn.Torch;

/**
 * Logistic regression, one a drug, on features that are mostly zero. Features are numbered from 0.
 */
public final class LinearDrugs {

  /** Weighs so much that the intercept is as good as free of regularisation. */
  private static final double INTERCEPT = 10;

  private static final double TOLERANCE = 1e-3;

  private static final String TENSOR = "weights";

  /** By feature and drug; the last row is the intercept's. */
  private final float[][] weights;

  private LinearDrugs(float[][] weights) {
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
    float[][] weights = new float[size + 1][drugs];
    for (int drug = 0; drug < drugs; drug++) {
      double[] fitted = fit(features, answers, drug, weights.length, regularisation);
      for (int feature = 0; feature < weights.length; feature++) {
        weights[feature][drug] = (float) fitted[feature];
      }
    }
    return new LinearDrugs(weights);
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
    double[] sums = new double[weights[0].length];
    add(INTERCEPT, weights[weights.length - 1], sums);
    features.forEach((feature, value) -> add(value, weights[feature], sums));
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
   * Reads what {@link #save} wrote.
   *
   * @param size number of features
   * @param drugs number of drugs
   * @throws ModelException if the file cannot be read or is of other numbers
   */
  static LinearDrugs load(Path file, int size, int drugs) {
    float[] values;
    try {
      values = TensorFile.read(file).get(TENSOR);
    } catch (IOException e) {
      throw new ModelException("cannot read " + file, e);
    }
    if (values == null || values.length != (size + 1) * drugs) {
      throw new ModelException(
          file + " does not hold weights of " + size + " features for " + drugs + " drugs");
    }
    float[][] weights = new float[size + 1][];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = Arrays.copyOfRange(values, row * drugs, (row + 1) * drugs);
    }
    return new LinearDrugs(weights);
  }

  /** Writes the weights in half precision. */
  void save(Path file) throws IOException {
    try (NDManager manager = Torch.newManager()) {
      NDArray rows = manager.create(weights);
      TensorFile.writeHalf(file, Map.of(TENSOR, rows));
    }
  }
}
