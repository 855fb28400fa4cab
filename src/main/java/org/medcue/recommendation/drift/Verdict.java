package org.medcue.recommendation.drift;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.medcue.model.profile.PopulationStability;

/** What a population stability index says. */
public enum Verdict {
  /** No more than chance and small changes. */
  STABLE,
  /** Something may have changed: to be looked at. */
  SHIFTING,
  /** The population is another than that of the training. */
  SHIFTED,
  /** Chance alone may look like a change. */
  TOO_FEW;

  /**
   * Judges by how far an index is above what chance gives: the usual bounds are those of samples so
   * large that chance gives nothing.
   *
   * @param index of the observations
   * @param byChance what the same population would give
   */
  static Verdict of(double index, double byChance) {
    if (byChance >= PopulationStability.STABLE) {
      return TOO_FEW;
    }
    double beyond = index - byChance;
    if (beyond < PopulationStability.STABLE) {
      return STABLE;
    }
    return beyond > PopulationStability.SHIFTED ? SHIFTED : SHIFTING;
  }

  /** As the API names it, such as {@code too-few}. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
