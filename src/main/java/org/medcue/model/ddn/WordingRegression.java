package org.medcue.model.ddn;

import java.util.List;
import org.medcue.knowledge.DialogueKnowledge;

/**
 * Logistic regression on a dialogue's wording, one a drug: the paper's TF-IDF baseline, and the
 * branch that DDN is blended with, since a thousand dialogues teach an encoder little about drug
 * names.
 */
public final class WordingRegression {

  private final WordingFeatures features;
  private final LinearDrugs drugs;

  private WordingRegression(WordingFeatures features, LinearDrugs drugs) {
    this.features = features;
    this.drugs = drugs;
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
}
