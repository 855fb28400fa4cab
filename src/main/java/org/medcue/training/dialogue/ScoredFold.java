package org.medcue.training.dialogue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medcue.training.evaluation.RunScores;
import org.medcue.training.evaluation.VisitScore;

/**
 * Dialogues that one fitted system was judged on; those of a file are a single fold.
 *
 * @param rule chosen on other dialogues
 * @param dialogues with the system's probabilities
 */
public record ScoredFold(DecisionRule rule, List<ScoredDialogue> dialogues) {

  public ScoredFold {
    dialogues = List.copyOf(dialogues);
  }

  /** The scores in the order of the dialogues. */
  public Stream<VisitScore> scores() {
    return dialogues.stream().map(dialogue -> dialogue.score(rule));
  }

  /**
   * Folds each with the rule that is best on the others.
   *
   * @param folds what was scored in each, at least two
   */
  public static List<ScoredFold> crossFitted(List<List<ScoredDialogue>> folds) {
    return IntStream.range(0, folds.size())
        .mapToObj(
            fold ->
                new ScoredFold(
                    DecisionRule.chosenOn(
                        IntStream.range(0, folds.size())
                            .filter(other -> other != fold)
                            .boxed()
                            .flatMap(other -> folds.get(other).stream())
                            .toList()),
                    folds.get(fold)))
        .toList();
  }

  /**
   * Folds as one run, for comparison in pairs; a dialogue stands as a patient with one visit. The
   * run's threshold is the mean of the folds'.
   *
   * @param system name of the system
   * @param seed of its weights
   */
  public static RunScores run(String system, long seed, List<ScoredFold> folds) {
    return new RunScores(
        system,
        seed,
        meanThreshold(folds),
        folds.stream().flatMap(fold -> fold.dialogues().stream().map(fold::patient)).toList());
  }

  private RunScores.Patient patient(ScoredDialogue dialogue) {
    return RunScores.Patient.of(dialogue.id(), List.of(dialogue.score(rule)));
  }

  static double meanThreshold(List<ScoredFold> folds) {
    return folds.stream().mapToDouble(fold -> fold.rule().threshold()).average().orElse(0);
  }
}
