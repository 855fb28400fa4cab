package org.medcue.model.baseline.dialogue;

import java.util.List;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ddn.DdnFineTuning;
import org.medcue.model.ddn.DdnModel;
import org.medcue.model.ddn.LinearDrugs;

/**
 * Logistic regression, one a drug, on vectors of the encoder as it was pre-trained, on the wording
 * and on the disease: what a trained network must be better than to have earned its place.
 */
public final class EncoderRegression {

  private final EncoderFeatures features;
  private final LinearDrugs drugs;

  private EncoderRegression(EncoderFeatures features, LinearDrugs drugs) {
    this.features = features;
    this.drugs = drugs;
  }

  /**
   * Fits a regression.
   *
   * @param regularisation weight of half the squared weights against the summed log loss
   */
  public static EncoderRegression fit(
      DialogueKnowledge knowledge,
      TextVectors encoder,
      List<DdnFineTuning.Example> examples,
      double regularisation) {
    EncoderFeatures features =
        new EncoderFeatures(
            knowledge, encoder, examples.stream().map(e -> e.asked().dialogue()).toList());
    LinearDrugs drugs =
        LinearDrugs.fit(
            examples.stream().map(example -> features.of(example.asked())),
            features.size(),
            examples.stream().map(DdnFineTuning.Example::drugs).toList(),
            knowledge.drugs().drugs().size(),
            regularisation);
    return new EncoderRegression(features, drugs);
  }

  /** The logit of each drug. */
  public float[] logits(DdnModel.Asked asked) {
    return drugs.logits(features.of(asked));
  }
}
