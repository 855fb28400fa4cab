package org.medcue.cdshooks;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.VisitEvidence;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Phrases;

/** Says what of the evidence spoke for a drug. */
interface Why {

  /** The most parts that are named of one kind. */
  int MOST = 3;

  /** Less than this hardly moves the probability, in logits. */
  double LEAST_LOGITS = 0.1;

  /** What spoke for a drug, in escaped Markdown; empty where nothing stands out. */
  Optional<String> of(OfferedDrug offered);

  /** For evidence of either kind. */
  static Why in(PatientEvidence evidence, Phrases phrases) {
    if (evidence instanceof DialogueEvidence talk) {
      return new UtterancesWhy(talk.dialogue(), phrases);
    }
    return new WhyText((VisitEvidence) evidence, phrases);
  }

  /** Of parts sorted by weight those that spoke for a drug, in words. */
  static <T> List<String> heaviest(
      List<T> parts, ToDoubleFunction<T> weight, Function<T, Optional<String>> words) {
    return parts.stream()
        .filter(part -> weight.applyAsDouble(part) > LEAST_LOGITS)
        .flatMap(part -> words.apply(part).stream())
        .distinct()
        .limit(MOST)
        .toList();
  }
}
