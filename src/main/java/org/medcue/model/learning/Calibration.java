package org.medcue.model.learning;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

/**
 * Makes probabilities mean what they say: logits are divided by one temperature, fitted on patients
 * that no weight was fitted on (Guo et al., "On calibration of modern neural networks", ICML 2017).
 * The order of the drugs stays.
 *
 * @param temperature above 1 for a system that is too sure, below 1 for one too timid
 */
public record Calibration(double temperature) {

  /** The file of a model version that holds its calibration. */
  public static final String FILE = "calibration.json";

  /** Float probabilities are exactly 0 or 1 beyond this logit, or as good as that. */
  private static final double LIMIT = 16;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * @throws IllegalArgumentException if the temperature is not a positive number
   */
  public Calibration {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("a temperature is a number above 0, not " + temperature);
    }
  }

  /** Leaves probabilities as they are. */
  public static Calibration none() {
    return new Calibration(1);
  }

  /**
   * The calibrated probability of a logit.
   *
   * @throws ModelException if a network gave no finite number: such scores have no order, and
   *     infinity would look like certainty
   */
  public float apply(float logit) {
    if (!Float.isFinite(logit)) {
      throw new ModelException(
          "the network gives " + logit + " as a score: do not use this version");
    }
    return (float) (1 / (1 + Math.exp(-logit / temperature)));
  }

  /** The calibrated probabilities of logits. */
  public float[] ofLogits(float[] logits) {
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = apply(logits[i]);
    }
    return probabilities;
  }

  /** The calibrated probability of an uncalibrated one. */
  public float ofProbability(float probability) {
    return temperature == 1 ? probability : apply((float) logit(probability));
  }

  /** The logit of a probability, cut to what a float can tell from 0 and 1: ±16. */
  public static double logit(double probability) {
    double logit = Math.log(probability / (1 - probability));
    return Math.max(-LIMIT, Math.min(LIMIT, logit));
  }

  /**
   * The calibration of a version; none for a version that was written without one.
   *
   * @throws ModelException if the file is not a calibration
   */
  public static Calibration of(ModelFolder folder) {
    return Files.exists(folder.file(FILE)) ? folder.read(FILE, Calibration.class) : none();
  }

  /** Writes the file of a version that is being made. */
  public void write(Path folder) throws IOException {
    JSON.writeValue(folder.resolve(FILE).toFile(), this);
  }
}
