package org.medcue.recommendation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.ScoredDrug;
import org.medcue.model.versions.GoldenExamples;

/**
 * The highest scores of a prediction as the log has them, beside those of the same one made now.
 */
final class LoggedScores {

  private LoggedScores() {}

  /**
   * A prediction with the scores and the order of then, where rounding alone tells the two apart: a
   * patient's scores depend in the last digits on who shared the pass, and on the device.
   *
   * @param then the highest scores, first to last
   * @param now every score
   * @return empty where a score differs by more than {@link GoldenExamples#TOLERANCE}, or another
   *     drug is among the highest
   */
  static Optional<DrugPrediction> roundedTo(List<ScoredDrug> then, DrugPrediction now) {
    Map<Drug, Double> others = new LinkedHashMap<>();
    now.ranked().forEach(scored -> others.put(scored.drug(), scored.probability()));
    double least = then.isEmpty() ? 0 : 1;
    for (ScoredDrug scored : then) {
      Double probability = others.remove(scored.drug());
      if (probability == null
          || Math.abs(probability - scored.probability()) > GoldenExamples.TOLERANCE) {
        return Optional.empty();
      }
      least = Math.min(least, scored.probability());
    }
    List<ScoredDrug> ranked = new ArrayList<>(then);
    for (Map.Entry<Drug, Double> other : others.entrySet()) {
      if (other.getValue() > least + GoldenExamples.TOLERANCE) {
        return Optional.empty();
      }
      ranked.add(new ScoredDrug(other.getKey(), Math.min(other.getValue(), least)));
    }
    return Optional.of(new DrugPrediction(ranked, now.omissions(), now.disease()));
  }
}
