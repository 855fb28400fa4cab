package org.medcue.training.dialogue;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.medcue.model.learning.Calibration;
import org.medcue.training.evaluation.LogitHistogram;

/**
 * What a system says of each dialogue in cross-validation: what temperature and thresholds are
 * chosen on, and what it is judged by.
 *
 * @param folds of the dialogues
 * @param kept of each fold, in their order
 */
record SystemFolds(List<CrossValidation.Fold> folds, List<KeptFold> kept) {

  SystemFolds {
    folds = List.copyOf(folds);
    kept = List.copyOf(kept);
  }

  /** The temperature with the least log loss under the clinical protocol. */
  Calibration calibration() {
    LogitHistogram pairs = new LogitHistogram();
    for (ScoredDialogue dialogue : all(Protocol.CLINICAL)) {
      boolean[] recommended = new boolean[dialogue.probabilities().length];
      for (int drug : dialogue.prescribed()) {
        recommended[drug] = true;
      }
      for (int drug = 0; drug < recommended.length; drug++) {
        pairs.add(dialogue.probabilities()[drug], recommended[drug]);
      }
    }
    return pairs.fit();
  }

  /** The same with calibrated probabilities. */
  SystemFolds calibrated() {
    Calibration calibration = calibration();
    return new SystemFolds(folds, kept.stream().map(fold -> fold.calibrated(calibration)).toList());
  }

  /** The rule that is best on all folds. */
  DecisionRule rule(Protocol protocol) {
    return DecisionRule.chosenOn(all(protocol));
  }

  /**
   * Each fold with the rule that is best on the others.
   *
   * @param model name and version
   */
  DialogueReport report(String model, Protocol protocol, @Nullable String caution) {
    return DialogueReport.of(model, protocol, crossFitted(protocol), caution);
  }

  /** How far the talk must have gone, with the rules of whole dialogues. */
  FeasibilityCurve feasibility() {
    List<ScoredFold> whole = crossFitted(Protocol.CLINICAL);
    return FeasibilityCurve.of(
        percent ->
            IntStream.range(0, folds.size())
                .boxed()
                .flatMap(
                    i ->
                        new ScoredFold(
                                whole.get(i).rule(), kept.get(i).scoredUpTo(folds.get(i), percent))
                            .scores())
                .toList());
  }

  /** Each fold with the rule that is best on the others. */
  List<ScoredFold> crossFitted(Protocol protocol) {
    return ScoredFold.crossFitted(
        IntStream.range(0, folds.size())
            .mapToObj(i -> kept.get(i).scored(folds.get(i), protocol))
            .toList());
  }

  /** Every dialogue as it was scored in the fold that it was held out of. */
  List<ScoredDialogue> all(Protocol protocol) {
    return IntStream.range(0, folds.size())
        .boxed()
        .flatMap(i -> kept.get(i).scored(folds.get(i), protocol).stream())
        .toList();
  }
}
