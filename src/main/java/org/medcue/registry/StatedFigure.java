package org.medcue.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

/**
 * The figure of a manifest that versions of a model are compared by: a version that states more
 * than its evaluation found would keep every honest one after it out.
 */
final class StatedFigure {

  private static final String EVALUATION = "evaluation.json";

  /** Both are written from one number. */
  private static final double ROUNDING = 1e-9;

  private StatedFigure() {}

  /**
   * Holds what the manifest states against the evaluation.
   *
   * @param figures the configured figure by model, such as {@code validation.sample.jaccard}, which
   *     the evaluation has at {@code /validation/metrics/sample/jaccard}
   * @throws ModelException if there is no evaluation, or the figure is not between 0 and 1 or not
   *     the one that the evaluation states
   */
  static void require(ModelFolder folder, Map<String, String> figures) {
    JsonNode evaluation = folder.read(EVALUATION, JsonNode.class);
    if (!evaluation.isObject()) {
      throw new ModelException(folder.file(EVALUATION) + " is no evaluation: no JSON object");
    }
    String figure = figures.get(folder.manifest().model());
    Double stated = figure == null ? null : folder.manifest().metrics().get(figure);
    if (figure == null || stated == null) {
      return; // It is registered, and not evaluated
    }
    if (!(stated >= 0 && stated <= 1)) {
      throw new ModelException("the manifest states " + figure + " " + stated + ": not 0 to 1");
    }
    JsonNode found = evaluation.at(pointer(figure));
    if (!found.isMissingNode()
        && !(found.isNumber() && Math.abs(found.doubleValue() - stated) <= ROUNDING)) {
      throw new ModelException(
          "the manifest states another " + figure + " than " + folder.file(EVALUATION) + " does");
    }
  }

  private static String pointer(String figure) {
    String[] steps = figure.split("\\.", 2);
    return "/" + steps[0] + "/metrics/" + (steps.length < 2 ? "" : steps[1].replace('.', '/'));
  }
}
